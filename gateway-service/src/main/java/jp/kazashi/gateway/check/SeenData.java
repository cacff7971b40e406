package jp.kazashi.gateway.check;

import java.util.Optional;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.medical.MedicalCategory;

/** What somebody saw of a person, in that person's words. */
public enum SeenData {
  INSURANCE_BY_CARD("保険の資格(カードによる確認)", "Your insurance, confirmed with your card"),
  INSURANCE_AGAIN("保険の資格(前の確認結果の再表示)", "Your insurance, shown again from an earlier check"),
  INSURANCE_BY_NUMBER("保険の資格(番号による確認)", "Your insurance, looked up by its numbers"),
  MEDICATION("お薬の情報", "Your medicines"),
  CHECKUP("健診の情報", "Your checkups"),
  CARE("診療の情報", "Your care"),
  SURGERY("手術の情報", "Your operations");

  private static final String ANSWERED = "ANSWERED";
  private static final String SHOWN = "SHOWN";
  private static final String CATEGORY = "category";

  private final String ja;
  private final String en;

  SeenData(String ja, String en) {
    this.ja = ja;
    this.en = en;
  }

  public Sentence words() {
    return new Sentence(ja, en);
  }

  /** Nothing when an entry of the audit shows nobody anything of the person. */
  static Optional<SeenData> in(AuditEvent event) {
    return switch (event.kind()) {
      case CHECK -> Optional.of(INSURANCE_BY_CARD).filter(seen -> event.outcome().equals(ANSWERED));
      case CHECK_READ -> Optional.of(INSURANCE_AGAIN).filter(seen -> event.outcome().equals(SHOWN));
      case LOOK_UP -> Optional.of(INSURANCE_BY_NUMBER);
      case READ ->
          Optional.of(event)
              .filter(read -> read.outcome().equals(SHOWN))
              .map(read -> read.details().get(CATEGORY))
              .map(word -> of(MedicalCategory.ofWord(word)));
      case EPOCH_OPENED,
          EPOCH_CLOSED,
          PROOF_REFUSED,
          CONSENT,
          INTAKE,
          STAFF,
          VISUAL_PASS,
          STAFF_CALL,
          REFERENCE_NUMBER,
          GRANTS_SEARCH,
          BULK_LOOK_UP,
          USAGE_REPORT,
          ACCESS_LOG,
          LOOKS_LIST,
          RECONCILIATION,
          RETENTION ->
          Optional.empty();
    };
  }

  private static SeenData of(MedicalCategory category) {
    return switch (category) {
      case MEDICATION -> MEDICATION;
      case CHECKUP -> CHECKUP;
      case CARE -> CARE;
      case SURGERY -> SURGERY;
    };
  }
}
