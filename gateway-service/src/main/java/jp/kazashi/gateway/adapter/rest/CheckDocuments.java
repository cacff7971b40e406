package jp.kazashi.gateway.adapter.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.EligibilityCheck.Answered;
import jp.kazashi.gateway.check.EligibilityCheck.Judged;
import jp.kazashi.gateway.check.EligibilityCheck.Refused;
import jp.kazashi.gateway.check.IdempotencyKey;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.port.SnapshotCheck;
import jp.kazashi.jpki.verdict.CertificateFacts;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.check.AnswerSnapshot;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.coverage.CoverageAnswer;
import jp.kazashi.qualification.coverage.Qualification;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.store.FoundCheck;
import jp.kazashi.qualification.store.Linking;
import org.jspecify.annotations.Nullable;

/** Turns checks into what is told of them, and what was kept back into that. */
public final class CheckDocuments implements SnapshotCheck {
  private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

  private final ObjectMapper json;
  private final Catalogue catalogue;

  public CheckDocuments(ObjectMapper json, Catalogue catalogue) {
    this.json = json;
    this.catalogue = catalogue;
  }

  @Override
  public AnswerSnapshot of(Judged check) {
    try {
      return new AnswerSnapshot(json.writeValueAsBytes(document(check)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  CheckDocument kept(AnswerSnapshot snapshot) {
    try {
      return json.readValue(snapshot.bytes(), CheckDocument.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CheckDocument told(Judged check, AuditReceipt receipt) {
    return document(check).with(ReceiptDocument.of(receipt));
  }

  /**
   * Names what is told of the qualifications, so that two checks with nothing changed share it;
   * weak, because check and receipt still differ.
   */
  String tag(CheckDocument check) {
    try {
      return "W/\"" + Digest.of(json.writeValueAsBytes(check.qualifications())).hex() + "\"";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key of a request, where it came with one. */
  Optional<IdempotencyKey> key(@Nullable String key, String path, Record request) {
    if (key == null) {
      return Optional.empty();
    }
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          Reason.BAD_REQUEST, "Idempotency-Key is 1 to 200 visible characters");
    }
    return Optional.of(new IdempotencyKey(key, digest(path, request)));
  }

  /** As it was answered. */
  CheckDocument toldAgain(FoundCheck check) {
    return kept(check.record().snapshot()).with(ReceiptDocument.of(check.receipt()));
  }

  /** Of a request as it was understood, so that its spacing does not matter. */
  private Digest digest(String path, Record request) {
    try {
      return Digest.of((path + "\n" + json.writeValueAsString(request)).getBytes(UTF_8));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CheckDocument document(Judged check) {
    return switch (check) {
      case Answered answered -> answered(answered);
      case Refused refused -> refused(refused);
    };
  }

  private CheckDocument answered(Answered check) {
    LocalDate on = check.opened().today();
    List<QualificationDocument> qualifications =
        qualificationsOf(check.coverage()).stream()
            .map(each -> QualificationDocument.of(each, on))
            .toList();
    return new CheckDocument(
        check.id().value(),
        check.linking().flatMap(Linking::follows).map(CheckId::value).orElse(null),
        CheckDocument.Outcome.ANSWERED,
        null,
        null,
        null,
        certificate(check.certificate()),
        qualifications.isEmpty() ? null : qualifications.getFirst(),
        qualifications,
        words(check.offered()),
        check.notices().stream().map(each -> NoticeDocument.of(each, catalogue)).toList(),
        recordedAt(check),
        null,
        null,
        null);
  }

  private CheckDocument refused(Refused check) {
    Catalogue.Entry entry = catalogue.of(check.reason());
    return new CheckDocument(
        check.id().value(),
        null,
        CheckDocument.Outcome.REFUSED,
        check.reason(),
        entry.patient(),
        entry.nextStep(),
        check.certificate().map(CheckDocuments::certificate).orElse(null),
        null,
        List.of(),
        List.of(),
        List.of(),
        recordedAt(check),
        null,
        null,
        null);
  }

  private static @Nullable Instant recordedAt(Judged check) {
    return check.opened().recordedOffline() ? check.opened().statement().confirmedAt() : null;
  }

  private static List<Qualification> qualificationsOf(CoverageAnswer coverage) {
    return switch (coverage) {
      case CoverageAnswer.Covered covered -> covered.all();
      case CoverageAnswer.NotYetEffective later -> List.of(later.next());
      case CoverageAnswer.Lapsed lapsed -> List.of(lapsed.last());
      case CoverageAnswer.Superseded superseded -> List.of(superseded.asked());
      case CoverageAnswer.NotLinked unlinked -> List.of();
      case CoverageAnswer.Unknown unknown -> List.of();
      case CoverageAnswer.Ambiguous ambiguous -> List.of();
    };
  }

  /** The one to use, and for a look-up the one that was asked for. */
  static @Nullable Qualification currentOf(CoverageAnswer coverage) {
    List<Qualification> all = qualificationsOf(coverage);
    return all.isEmpty() ? null : all.getFirst();
  }

  private static CertificateDocument certificate(CertificateFacts facts) {
    return new CertificateDocument(facts.phase(), facts.ends());
  }

  static List<String> words(Collection<MedicalCategory> categories) {
    return categories.stream().sorted().map(MedicalCategory::word).toList();
  }
}
