package jp.kazashi.consent.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kazashi.consent.Sentence;

/** What staff do while the line is down, and afterwards. */
public interface FailureDesk {

  Standing standing();

  /** Only while the line is down. */
  Told<Sentence> start(Seat seat);

  Told<Sentence> end(Seat seat);

  /** Seals what the card signed together with what staff typed. */
  Told<Sentence> record(Seat seat, String visit, Typed typed);

  /** The visit is not to be recorded: forgets what the card signed. */
  Told<Sentence> discard(Seat seat, String visit);

  /** Staff have dealt with it. */
  Told<Sentence> settle(Seat seat, long number);

  /**
   * How it stands with the line and what was recorded.
   *
   * @param trouble why nothing can be recorded here, if it cannot
   * @param unsent sealed and not judged yet
   */
  record Standing(
      boolean lineDown,
      boolean on,
      Optional<Sentence> trouble,
      List<Waiting> waiting,
      int unsent,
      Optional<Instant> oldest,
      List<Judged> judged) {

    /** Whether there is anything to show. */
    public boolean isQuiet() {
      return !lineDown && !on && waiting.isEmpty() && unsent == 0 && judged.isEmpty();
    }

    /** Who was in fact not covered. */
    public List<Judged> notCovered() {
      return judged.stream().filter(one -> !one.covered()).toList();
    }
  }

  /** A card signed; staff have not typed yet who it is. */
  record Waiting(String visit, Instant at, String terminal) {}

  /** Whom staff write down. */
  record Typed(String name, LocalDate birthDate, Sex sex, String address) {
    /** Names nobody. */
    @Override
    public String toString() {
      return "Typed";
    }

    /** As the wire names it. */
    public enum Sex {
      MALE,
      FEMALE,
      UNKNOWN
    }
  }

  /** A record, judged after the line came back. */
  record Judged(
      long number,
      boolean covered,
      String name,
      String birthDate,
      String reason,
      Optional<Sentence> nextStep) {
    /** Names nobody. */
    @Override
    public String toString() {
      return "Judged[" + number + "]";
    }
  }
}
