package jp.kazashi.gateway.port;

import java.util.Optional;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.RecordedVisit;
import jp.kazashi.gateway.check.SealedRecord;

/** Opens what terminals recorded while the line was down. */
public interface OpenRecord {
  /** Whether this gateway holds the key that a record is encrypted to. */
  boolean holds(String keyId);

  /** Nothing when it was changed, is another terminal's, or holds no visit. */
  Optional<RecordedVisit> open(Caller caller, SealedRecord record);
}
