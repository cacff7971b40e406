package jp.kazashi.gateway.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.bundle.EvidenceBundle;
import jp.kazashi.jpki.bundle.RecordedVerdict;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.revocation.RevocationList;
import jp.kazashi.jpki.statement.ChallengeStatement;
import jp.kazashi.jpki.verdict.UntrustedProof;
import jp.kazashi.qualification.store.Evidence;

/** The evidence of one check as the record keeps it, in pieces that many checks may share. */
public record StoredEvidence(List<Evidence> pieces) {
  static final String STATEMENT = "STATEMENT";
  static final String CERTIFICATE = "CERTIFICATE";
  static final String SIGNATURE = "SIGNATURE";

  /** When it was judged, what was known of revocation, and the verdict. */
  static final String CIRCUMSTANCES = "CIRCUMSTANCES";

  /** By what it was judged. */
  static final String RULES = "RULES";

  public StoredEvidence {
    pieces = List.copyOf(pieces);
  }

  /** The pieces of a check that was judged; its rules are the same piece for all checks. */
  static StoredEvidence of(EvidenceBundle judged, Evidence rules) {
    return new StoredEvidence(
        List.of(
            new Evidence(STATEMENT, judged.statement().bytes()),
            new Evidence(CERTIFICATE, judged.proof().certificate().der().toArray()),
            new Evidence(SIGNATURE, judged.proof().signature().toArray()),
            new Evidence(CIRCUMSTANCES, judged.circumstances()),
            rules));
  }

  UntrustedProof proof() {
    return new UntrustedProof(new UntrustedCertificate(bytes(CERTIFICATE)), bytes(SIGNATURE));
  }

  ChallengeStatement statement() {
    return ChallengeStatement.read(bytes(STATEMENT)).orElseThrow();
  }

  /** Whether every check of the proof ran and held: an answer given in an outage is none such. */
  boolean isOfTrusted() {
    return EvidenceBundle.recorded(bytes(CIRCUMSTANCES))
        .map(verdict -> verdict.outcome() == RecordedVerdict.Outcome.TRUSTED)
        .orElse(false);
  }

  /**
   * All of it as one bundle, to be judged again.
   *
   * @param library where a revocation list is found by its SHA-256
   * @throws IllegalArgumentException when the pieces are none of a check
   */
  public EvidenceBundle bundle(Function<Octets, Optional<RevocationList>> library) {
    return EvidenceBundle.assembled(
        proof(), bytes(STATEMENT), bytes(CIRCUMSTANCES), bytes(RULES), library);
  }

  private byte[] bytes(String kind) {
    return pieces.stream()
        .filter(each -> each.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("The evidence has no " + kind))
        .bytes();
  }
}
