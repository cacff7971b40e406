package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.WrittenEntry;

/**
 * The chains as they are written; {@link jp.kazashi.qualification.audit.AuditVerifier} judges them.
 */
public interface ReadAudit {
  Uni<List<ChainId>> chains();

  /** At most {@code limit} entries after that number, in order; an unreadable one fits no hash. */
  Uni<List<WrittenEntry>> after(ChainId chain, long number, int limit);

  /** An entry where no start opened a chain: the first such number of each chain. */
  record Stray(ChainId chain, long number) {}

  Uni<List<Stray>> strays();

  /** How the chain was closed by the next start, if it was: a receipt that must be found in it. */
  Uni<List<AuditReceipt>> closings(ChainId chain);
}
