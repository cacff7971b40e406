package jp.kazashi.reader.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.Sentence;
import jp.kazashi.jpki.statement.Challenge;
import jp.kazashi.jpki.statement.ChallengeId;
import jp.kazashi.jpki.statement.InstitutionCode;
import jp.kazashi.jpki.statement.TerminalId;
import jp.kazashi.jpki.statement.VerificationMethod;
import org.jspecify.annotations.Nullable;

/** The few records of the gateway's contract that this terminal speaks, as JSON names them. */
final class Wire {

  private Wire() {}

  record ChallengeBody(
      String challenge,
      UUID id,
      Instant issuedAt,
      Instant expiresAt,
      String institution,
      String terminal) {

    SealedChallenge read() {
      return new SealedChallenge(
          challenge,
          new Challenge(
              new ChallengeId(id),
              issuedAt,
              new InstitutionCode(institution),
              new TerminalId(terminal)),
          expiresAt);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CheckBody(
      String challenge,
      VerificationMethod method,
      Instant confirmedAt,
      String certificate,
      String signature,
      @Nullable String pass,
      @Nullable String faceCalibration) {

    static CheckBody of(Proof proof) {
      Base64.Encoder base64 = Base64.getEncoder();
      return new CheckBody(
          proof.challenge().sealed(),
          proof.method(),
          proof.confirmedAt(),
          base64.encodeToString(proof.certificate().der().toArray()),
          base64.encodeToString(proof.signature().toArray()),
          proof.pass().map(StaffPass::value).orElse(null),
          proof.calibration().map(FaceCalibration::id).orElse(null));
    }
  }

  record AnswerBody(
      UUID checkId,
      CertificateStanding certificate,
      Qualification qualification,
      @Nullable List<Qualification> qualifications,
      @Nullable List<String> offeredConsents,
      @Nullable List<Notice> notices,
      Receipt receipt) {

    Answer read() {
      return new Answer(
          new CheckId(checkId),
          Objects.requireNonNull(certificate),
          Objects.requireNonNull(qualification),
          qualifications == null ? List.of(qualification) : qualifications,
          categories(offeredConsents),
          notices == null ? List.of() : notices,
          Objects.requireNonNull(receipt));
    }
  }

  record RegistrationBody(String checkId) {}

  record ConsentBody(List<MedicalCategory> granted) {}

  record GrantsBody(UUID checkId, List<String> consents, Instant expiresAt, Receipt receipt) {

    Grants read() {
      return new Grants(
          new CheckId(checkId), categories(consents), Objects.requireNonNull(expiresAt), receipt);
    }
  }

  /** RFC 9457, with our members. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Problem(
      String reason,
      Sentence patient,
      Sentence nextStep,
      @Nullable String detail,
      @Nullable UUID checkId,
      @Nullable CertificateStanding certificate,
      @Nullable Receipt receipt) {

    Refusal read() {
      return new Refusal(
          new ReasonId(reason),
          Objects.requireNonNull(patient),
          Objects.requireNonNull(nextStep),
          Optional.ofNullable(detail),
          Optional.ofNullable(checkId).map(CheckId::new),
          Optional.ofNullable(certificate),
          Optional.ofNullable(receipt));
    }
  }

  /** What this terminal has no question for, it cannot ask about. */
  private static Set<MedicalCategory> categories(@Nullable List<String> words) {
    return words == null
        ? Set.of()
        : words.stream()
            .flatMap(word -> MedicalCategory.named(word).stream())
            .collect(Collectors.toSet());
  }
}
