package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.kazashi.gateway.desk.Look;
import jp.kazashi.gateway.desk.StaffLooks;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.ReferenceNumber;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffId;
import org.jspecify.annotations.Nullable;

/**
 * Who of the institution looked at whom, newest first.
 *
 * @param nextPage to be asked for as page, where there is more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LooksDocument(
    LocalDate from,
    LocalDate to,
    List<LookDocument> looks,
    @Nullable String nextPage,
    ReceiptDocument receipt) {

  /**
   * One look. Whom it was is said by the institution's own check and its own numbers.
   *
   * @param system terminal or system that asked
   * @param staff who was signed in there; nobody where a system asked by itself
   * @param list whether it was one line of a bulk look-up
   * @param shown false where it was refused or in vain
   * @param records how many were shown
   * @param receipt of the look itself
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LookDocument(
      Instant at,
      Look.What what,
      @Nullable String category,
      Look.Ground ground,
      boolean list,
      boolean shown,
      @Nullable Integer records,
      String system,
      String role,
      @Nullable StaffNameDocument staff,
      @Nullable UUID checkId,
      List<String> referenceNumbers,
      ReceiptDocument receipt) {

    static LookDocument of(Look look, Map<StaffId, StaffAccount> accounts) {
      return new LookDocument(
          look.at(),
          look.what(),
          look.category().map(MedicalCategory::word).orElse(null),
          look.ground(),
          look.list(),
          look.shown(),
          look.records().orElse(null),
          look.by().system(),
          look.by().role(),
          look.staff().map(id -> StaffNameDocument.of(id, accounts.get(id))).orElse(null),
          look.check().map(CheckId::value).orElse(null),
          look.charts().stream().map(ReferenceNumber::value).toList(),
          ReceiptDocument.of(look.receipt()));
    }
  }

  /** A member of staff, as the institution knows them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StaffNameDocument(UUID id, @Nullable String login, @Nullable String name) {
    static StaffNameDocument of(StaffId id, @Nullable StaffAccount account) {
      return account == null
          ? new StaffNameDocument(id.value(), null, null)
          : new StaffNameDocument(id.value(), account.login(), account.name());
    }
  }

  static LooksDocument of(StaffLooks.Outcome.Shown shown) {
    return new LooksDocument(
        shown.from(),
        shown.to(),
        shown.looks().stream().map(look -> LookDocument.of(look, shown.staff())).toList(),
        shown.next().map(PageOfLooks::write).orElse(null),
        ReceiptDocument.of(shown.receipt()));
  }
}
