package jp.kazashi.consent;

import java.util.List;
import java.util.function.Consumer;

/** All that the desk pages need: the arrival list, the calls for staff, and when they change. */
public interface DeskBoard {

  /** The arrivals, newest first. */
  List<Arrival> arrivals();

  /** The calls nobody has attended to yet, oldest first. */
  List<StaffCall> calls();

  /** Tells the listener of every change, until the subscription is closed. */
  VisitBoard.Subscription subscribe(Consumer<Change> listener);

  /** What changed. */
  sealed interface Change {
    /** A line is new or has changed. */
    record Line(Arrival arrival) implements Change {}

    /** A line is gone: another one speaks of the same visit. */
    record Gone(String id) implements Change {}

    /** The line to the gateway went or came, or something recorded meanwhile has moved. */
    record Failure() implements Change {}

    /** Someone called, or was attended to. */
    record Calls(List<StaffCall> calls) implements Change {
      public Calls {
        calls = List.copyOf(calls);
      }
    }
  }
}
