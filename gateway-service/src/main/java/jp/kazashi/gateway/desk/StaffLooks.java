package jp.kazashi.gateway.desk;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffId;
import jp.kazashi.qualification.store.KeepStaff;
import jp.kazashi.qualification.store.ReadLooks;

/**
 * Tells the administrators of an institution who of it looked at whom, from the audit. Their look
 * is in the audit before they are told.
 */
public final class StaffLooks {
  /** So many at once. */
  public static final int PAGE = 100;

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final int USUAL_DAYS = 7;
  private static final int MOST_DAYS = 366;

  private final ReadLooks looks;
  private final KeepStaff staff;
  private final Desk desk;
  private final InstantSource clock;

  public StaffLooks(ReadLooks looks, KeepStaff staff, Desk desk, InstantSource clock) {
    this.looks = looks;
    this.staff = staff;
    this.desk = desk;
    this.clock = clock;
  }

  /**
   * Which looks are asked for; what is left open is the last seven days, everybody and everything.
   *
   * @param olderThan goes on after that one
   */
  public record Question(
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      Optional<StaffId> staff,
      Optional<Look.What> what,
      Optional<ReadLooks.Place> olderThan) {}

  /** What asking comes to. */
  public sealed interface Outcome {
    /**
     * A page of looks.
     *
     * @param staff whom the looks name
     * @param next where the next page begins, if there is one
     */
    record Shown(
        LocalDate from,
        LocalDate to,
        List<Look> looks,
        Map<StaffId, StaffAccount> staff,
        Optional<ReadLooks.Place> next,
        AuditReceipt receipt)
        implements Outcome {}

    record Declined(Reason reason) implements Outcome {}
  }

  public Uni<Outcome> of(Caller caller, Question question) {
    LocalDate to = question.to().orElseGet(() -> LocalDate.ofInstant(clock.instant(), TOKYO));
    LocalDate from = question.from().orElseGet(() -> to.minusDays(USUAL_DAYS - 1));
    if (from.isAfter(to) || ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
      return declined(Reason.BAD_REQUEST);
    }
    return staff
        .of(caller.institution())
        .map(all -> all.stream().collect(Collectors.toMap(StaffAccount::id, Function.identity())))
        .chain(accounts ->
            question.staff().filter(id -> !accounts.containsKey(id)).isPresent()
                ? declined(Reason.NOT_FOUND)
                : of(caller, question, from, to, accounts));
  }

  private Uni<Outcome> of(
      Caller caller,
      Question question,
      LocalDate from,
      LocalDate to,
      Map<StaffId, StaffAccount> accounts) {
    var asked =
        new ReadLooks.Asked(
            from.atStartOfDay(TOKYO).toInstant(),
            to.plusDays(1).atStartOfDay(TOKYO).toInstant(),
            question.staff(),
            question.what().map(Look.What::kind),
            question.olderThan());
    return looks
        .of(caller.institution(), asked, PAGE + 1)
        .chain(found -> {
          List<ReadLooks.Look> page = found.stream().limit(PAGE).toList();
          Optional<ReadLooks.Place> next =
              found.size() > PAGE ? Optional.of(page.getLast().place()) : Optional.empty();
          return desk.surely(
                  caller,
                  AuditKind.LOOKS_LIST,
                  null,
                  "SHOWN",
                  details(question, from, to, page.size()))
              .map(receipt ->
                  new Outcome.Shown(
                      from,
                      to,
                      page.stream().flatMap(each -> Look.of(each).stream()).toList(),
                      accounts,
                      next,
                      receipt));
        });
  }

  private static Map<String, String> details(
      Question question, LocalDate from, LocalDate to, int entries) {
    Map<String, String> details = new HashMap<>();
    details.put("from", from.toString());
    details.put("to", to.toString());
    details.put("entries", Integer.toString(entries));
    question.staff().ifPresent(id -> details.put("of", id.toString()));
    question.what().ifPresent(what -> details.put("what", what.name()));
    question.olderThan().ifPresent(place -> details.put("before", place.at().toString()));
    return details;
  }

  private static Uni<Outcome> declined(Reason reason) {
    return Uni.createFrom().item(new Outcome.Declined(reason));
  }
}
