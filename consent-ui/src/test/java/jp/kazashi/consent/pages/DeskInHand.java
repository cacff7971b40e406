package jp.kazashi.consent.pages;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.DeskBoard;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.VisitBoard.Subscription;

/** A desk that remembers what it is told. */
final class DeskInHand implements DeskBoard {

  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final List<StaffCall> calls = new CopyOnWriteArrayList<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /** A new line, or that line as it is now. */
  void arrive(Arrival arrival) {
    arrivals.removeIf(one -> one.id().equals(arrival.id()));
    arrivals.addFirst(arrival);
    tell(new Change.Line(arrival));
  }

  void call(StaffCall call) {
    calls.add(call);
    tell(new Change.Calls(calls));
  }

  void failureChanged() {
    tell(new Change.Failure());
  }

  void forgetAll() {
    arrivals.clear();
    calls.clear();
  }

  private void tell(Change change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  @Override
  public List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  @Override
  public List<StaffCall> calls() {
    return List.copyOf(calls);
  }

  void attended(String terminal) {
    calls.removeIf(call -> call.terminal().equals(terminal));
    tell(new Change.Calls(calls));
  }

  @Override
  public Subscription subscribe(Consumer<Change> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
