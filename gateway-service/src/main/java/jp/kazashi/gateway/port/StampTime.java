package jp.kazashi.gateway.port;

import io.smallrye.mutiny.Uni;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.TimeStampToken;

/** A time stamping authority. Fails when it gives no word that proves anything. */
public interface StampTime {
  Uni<TimeStampToken> stamp(Digest root);
}
