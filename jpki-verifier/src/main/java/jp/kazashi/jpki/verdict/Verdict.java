package jp.kazashi.jpki.verdict;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.RejectionReason;
import jp.kazashi.jpki.holder.CertificatePhase;
import jp.kazashi.jpki.holder.Holder;
import jp.kazashi.jpki.revocation.UnavailableCause;

/** Three values, because not knowing is neither yes nor no. */
public sealed interface Verdict {
  EvidenceDigest evidence();

  /** Every check ran and held. The phase is never ENDED. */
  record Trusted(
      Holder holder, CertificatePhase phase, Instant certificateEnds, EvidenceDigest evidence)
      implements Verdict {
    public Trusted {
      requireNonNull(holder, "holder");
      requireNonNull(certificateEnds, "certificateEnds");
      requireNonNull(evidence, "evidence");
      if (phase == CertificatePhase.ENDED) {
        throw new IllegalArgumentException("An ended certificate is never trusted");
      }
    }
  }

  /**
   * A check failed.
   *
   * @param certificate what was proven of the certificate before that; empty when its path was not
   */
  record Rejected(
      RejectionReason reason, Optional<CertificateFacts> certificate, EvidenceDigest evidence)
      implements Verdict {
    public Rejected {
      requireNonNull(reason, "reason");
      requireNonNull(certificate, "certificate");
      requireNonNull(evidence, "evidence");
    }
  }

  /** Everything held that could be judged, but not whether the certificate is revoked. */
  record Undetermined(UnavailableCause cause, CertificateFacts certificate, EvidenceDigest evidence)
      implements Verdict {
    public Undetermined {
      requireNonNull(cause, "cause");
      requireNonNull(certificate, "certificate");
      requireNonNull(evidence, "evidence");
    }
  }
}
