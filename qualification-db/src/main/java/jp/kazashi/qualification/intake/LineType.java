package jp.kazashi.qualification.intake;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The types of line, each with its fields as docs/feeds.md names them. */
public enum LineType {
  QUALIFICATION(
      IntakeKind.QUALIFICATIONS,
      "personCode name nameKana otherName otherNameKana birthDate sex postCode address kind"
          + " cardClass insurerNumber insurerName symbol number branchNumber relationship"
          + " householder contributionRatio preschool issuedOn validFrom validTo cardValidFrom"
          + " cardValidTo lossReason limitClass limitCategory limitIssuedOn limitValidFrom"
          + " limitValidTo limitLongTermOn elderlyIssuedOn elderlyValidFrom elderlyValidTo"
          + " elderlyRatio specificDiseases undisclosed provisionBarred statedAt"),
  REGISTRATION(
      IntakeKind.QUALIFICATIONS,
      "personCode issuer serial registeredAt predecessorIssuer predecessorSerial"),
  TICKET(
      IntakeKind.QUALIFICATIONS,
      "personCode insurerNumber number ticketType month issueNumber validFrom validTo treatment"
          + " facilityCode facilityName selfPay singleOrCombined statedAt"),
  MEDICATION(
      IntakeKind.CLAIMS,
      "personCode insurerNumber symbol number branchNumber birthDate source month date"
          + " facilityCode facilityName prescriberCode prescriberName code name ingredient quantity"
          + " unit usage days"),
  CARE(
      IntakeKind.CLAIMS,
      "personCode insurerNumber symbol number branchNumber birthDate category month date"
          + " facilityCode facilityName code name practice quantity unit times inpatient"),
  SURGERY(
      IntakeKind.CLAIMS,
      "personCode insurerNumber symbol number branchNumber birthDate month date facilityCode"
          + " facilityName code name practice quantity unit times inpatient"),
  WITHDRAWAL(
      IntakeKind.CLAIMS,
      "personCode insurerNumber symbol number branchNumber birthDate category month facilityCode"
          + " source statedAt"),
  CHECKUP(
      IntakeKind.CHECKUPS,
      "personCode insurerNumber symbol number branchNumber birthDate date kind programme"
          + " facilityCode facilityName items");

  private final IntakeKind intake;
  private final String word;

  // Both are copies that cannot change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> fields;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<String, Integer> places;

  LineType(IntakeKind intake, String fields) {
    this.intake = intake;
    this.word = name().toLowerCase(Locale.ROOT);
    this.fields = List.of(fields.split(" ", -1));
    Map<String, Integer> byName = new HashMap<>();
    this.fields.forEach(field -> byName.put(field, byName.size()));
    this.places = Map.copyOf(byName);
  }

  public String word() {
    return word;
  }

  public List<String> fields() {
    return fields;
  }

  /** Withdrawals come with whatever they withdraw. */
  public boolean belongsTo(IntakeKind kind) {
    return kind == intake || (this == WITHDRAWAL && kind == IntakeKind.CHECKUPS);
  }

  /** Where a field stands, -1 when the type has none of that name. */
  int place(String field) {
    return places.getOrDefault(field, -1);
  }

  public boolean has(String field) {
    return places.containsKey(field);
  }

  public static Optional<LineType> ofWord(String word) {
    for (LineType type : values()) {
      if (type.word.equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
