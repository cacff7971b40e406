package jp.kazashi.reader.link;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.Sentence;
import jp.kazashi.jpki.holder.CertificatePhase;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeId;
import jp.kazashi.jpki.statement.InstitutionCode;
import jp.kazashi.jpki.statement.TerminalId;

/** What a gateway might say, about nobody real. */
public final class Answers {

  public static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
  public static final CheckId CHECK = CheckId.of("0193a0b0-0000-7000-8000-000000000001");
  public static final Receipt RECEIPT = new Receipt("node-1/1", 7, "ab12");
  public static final Notice GRACE_NOTICE =
      new Notice(
          "GRACE",
          new Sentence("有効期限が切れています。", "Your certificate has ended."),
          new Sentence("資格のみ確認できます。", "Eligibility only."));

  public static final Notice EXPIRY_NOTICE =
      new Notice(
          "CERTIFICATE_EXPIRES_SOON",
          new Sentence("期限が近づいています。", "Your certificate will end soon."),
          new Sentence("更新を案内してください。", "Tell the patient about renewal."));

  private Answers() {}

  public static Answer offering(MedicalCategory... categories) {
    return answer(CertificatePhase.NORMAL, List.of(), categories);
  }

  public static Answer inGrace() {
    return answer(CertificatePhase.GRACE, List.of(GRACE_NOTICE));
  }

  /** On 27 September 2027. */
  public static Answer expiringSoon() {
    return answer(CertificatePhase.EXPIRING_SOON, List.of(EXPIRY_NOTICE));
  }

  private static Answer answer(
      CertificatePhase phase, List<Notice> notices, MedicalCategory... categories) {
    return new Answer(
        CHECK,
        new CertificateStanding(phase, NOW.plus(Duration.ofDays(300))),
        qualification(),
        List.of(qualification()),
        Set.of(categories),
        notices,
        RECEIPT);
  }

  public static Qualification qualification() {
    return new Qualification(
        "MEDICAL_INSURANCE",
        1,
        "06132013",
        "架空健康保険組合",
        "記1",
        "7654321",
        "01",
        "PERSON",
        "架空 花子",
        "架空 花子",
        List.of(),
        "カクウ ハナコ",
        LocalDate.of(1985, 4, 2),
        "FEMALE",
        "1000001",
        "東京都架空区1-2-3",
        30,
        LocalDate.of(2020, 4, 1),
        null);
  }

  public static Grants grants(Set<MedicalCategory> categories) {
    return new Grants(
        CHECK, categories, NOW.plus(Duration.ofHours(24)), new Receipt("node-1/1", 8, "cd34"));
  }

  public static SealedChallenge challenge(Instant issuedAt, Duration life) {
    return new SealedChallenge(
        "c2VhbGVk",
        new Challenge(
            new ChallengeId(UUID.fromString("0193a0b0-0000-7000-8000-0000000000c1")),
            issuedAt,
            new InstitutionCode("1312345670"),
            new TerminalId("kiosk-1")),
        issuedAt.plus(life));
  }

  public static Refusal notRegistered() {
    return new Refusal(
        new ReasonId("NOT_REGISTERED"),
        new Sentence("利用登録がされていません。", "This card is not registered."),
        new Sentence("カードリーダーで登録できます。", "The patient can register at the reader."),
        Optional.empty(),
        Optional.of(CHECK),
        Optional.empty(),
        Optional.of(RECEIPT));
  }

  public static Refusal revoked() {
    return new Refusal(
        new ReasonId("CERTIFICATE_REVOKED"),
        new Sentence("このカードは利用停止の届けが出ています。", "This card has been stopped."),
        new Sentence("資格確認書で確認してください。", "Use the confirmation document."));
  }
}
