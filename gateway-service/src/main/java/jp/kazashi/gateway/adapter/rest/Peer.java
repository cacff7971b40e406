package jp.kazashi.gateway.adapter.rest;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.gateway.adapter.ops.PeerTrust;
import jp.kazashi.gateway.adapter.ops.PeerTrust.Standing;
import jp.kazashi.gateway.check.Caller;

/**
 * The other end of one connection. What its certificate says is read once; how it stands is asked
 * at each request, and judged anew whenever the node's trust changed.
 */
final class Peer {
  private final X509Certificate certificate;
  private final Optional<Caller> caller;
  private volatile Judged judged;

  private record Judged(PeerTrust trust, Standing standing) {}

  Peer(X509Certificate certificate, PeerTrust trust) {
    this.certificate = certificate;
    this.caller = CallerIdentity.callerOf(certificate);
    this.judged = new Judged(trust, trust.of(certificate));
  }

  Standing standing(PeerTrust trust, Instant realNow) {
    Judged last = judged;
    if (last.trust() != trust) {
      last = new Judged(trust, trust.of(certificate));
      judged = last;
    }
    return trust.now(last.standing(), certificate, realNow);
  }

  /** Nobody, when the certificate does not say who. */
  Optional<Caller> caller() {
    return caller;
  }
}
