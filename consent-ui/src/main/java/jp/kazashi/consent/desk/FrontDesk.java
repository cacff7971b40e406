package jp.kazashi.consent.desk;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.Sentence;

/** What staff do for who stands before them, and for who is booked for tomorrow. */
public interface FrontDesk {

  /** Somebody goes to the kiosk of that terminal: no desk of the institution rings any more. */
  Told<Sentence> attend(Seat seat, String terminal);

  /** The holder of the card at that terminal was looked at and is the one on it: for one visit. */
  Told<Sentence> confirmBySight(Seat seat, String terminal);

  /** From now on that number names the person of this arrival. */
  Told<String> registerChart(Seat seat, String arrival, String number);

  /** Takes in lines of chart number, kana and birth date; says how many. */
  Told<Integer> takeInCharts(Seat seat, String lines);

  Told<Found> lookUp(Seat seat, Question question);

  /** Asks for all bookings of a list; says how far it is. */
  Told<Bookings> askBookings(Seat seat, String lines);

  Told<Bookings> bookings(Seat seat, String id);

  /** Of that month, or of this one. */
  Told<Usage> usage(Seat seat, Optional<YearMonth> month);

  List<Light> selfTest(Seat seat);

  /** Whom staff ask about without a card, exactly as the document has it. */
  record Question(
      String insurer,
      String symbol,
      String number,
      String branch,
      LocalDate birthDate,
      Optional<LocalDate> on,
      String basis,
      Optional<LocalDate> issuedOn,
      Optional<LocalDate> validTo) {}

  /**
   * What a look-up found.
   *
   * @param person empty where nobody or several fit
   */
  record Found(
      Arrival.Validity validity,
      Optional<Arrival.Person> person,
      String insurer,
      Optional<Integer> ratio,
      List<String> charts,
      Optional<LocalDate> validFrom,
      Optional<LocalDate> validTo,
      Optional<Sentence> nextStep) {}

  /**
   * How far a check of bookings is, and what staff should look at.
   *
   * @param findings only of a finished one
   */
  record Bookings(String id, int lines, int answered, boolean finished, List<Finding> findings) {
    /** How many of that kind there are. */
    public long count(Finding.Kind kind) {
      return findings.stream().filter(finding -> finding.kind() == kind).count();
    }
  }

  /** A booking that needs attention before the patient comes. */
  record Finding(
      Kind kind,
      int line,
      String booking,
      String name,
      String detail,
      Optional<LocalDate> until,
      Optional<Sentence> nextStep) {

    /** Why. */
    public enum Kind {
      CHANGED_INSURER,
      EXPIRED,
      NOT_FOUND,
      EXPIRING,
      UNREADABLE
    }
  }

  /** The use of one month. */
  record Usage(YearMonth month, List<Row> rows, Row total, List<Bar> bars) {

    /** One kind of institution. */
    public record Row(
        String name,
        long checks,
        long cards,
        long keys,
        String cardRate,
        long checkups,
        long medications,
        long care) {}

    /** A month before, for the chart. */
    public record Bar(YearMonth month, long cards, long keys) {}
  }

  /** One thing this terminal needs, and how it is. */
  record Light(Subject subject, State state, Sentence says, Optional<Sentence> remedy) {

    /** What was looked at. */
    public enum Subject {
      LINE,
      GATEWAY,
      CERTIFICATES,
      READER,
      CAMERA,
      CLOCK,
      STORE,
      EXCHANGE
    }

    /** As a traffic light. */
    public enum State {
      GREEN,
      YELLOW,
      RED
    }
  }
}
