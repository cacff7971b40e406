package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.NodeId;

/** Begins the chain of this start and closes the chain of the start before it. */
public interface OpenEpoch {
  Uni<AuditEpoch> of(NodeId node, Instant at);

  /** False once a later start of the node has closed the chain. */
  Uni<Boolean> isNewest(ChainId chain);
}
