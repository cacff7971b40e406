package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import jp.kazashi.qualification.audit.AuditChain;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.Digest;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Where a chain stands in the database, and whether a later start has closed it. */
record ChainHead(AuditChain chain, boolean closed) {

  static Uni<ChainHead> read(StatelessSession session, ChainId chain, Instant openedAt) {
    return session
        .createSelectionQuery(
            """
            from AuditRow a
            where a.openedAt = :openedAt and a.node = :node and a.epoch = :epoch
            order by a.number desc
            """,
            AuditRow.class)
        .setParameter("openedAt", openedAt)
        .setParameter("node", chain.node().value())
        .setParameter("epoch", chain.epoch())
        .setMaxResults(1)
        .getSingleResult()
        .map(last ->
            new ChainHead(
                new AuditChain(chain, last.number, Digest.fromBytes(last.hash)),
                last.kind == AuditKind.EPOCH_CLOSED));
  }
}
