package jp.kazashi.jpki.verdict;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import jp.kazashi.jpki.holder.CertificatePhase;
import jp.kazashi.jpki.holder.Holder;

/** What is proven of a certificate once its path is. {@code ends} is its last valid second. */
public record CertificateFacts(Holder holder, CertificatePhase phase, Instant ends) {
  public CertificateFacts {
    requireNonNull(holder, "holder");
    requireNonNull(phase, "phase");
    requireNonNull(ends, "ends");
  }
}
