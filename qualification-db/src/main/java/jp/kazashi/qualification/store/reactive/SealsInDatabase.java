package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.AuditSeal;
import jp.kazashi.qualification.audit.AuditWitness;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.audit.TimeStampToken;
import jp.kazashi.qualification.store.KeepSeals;
import org.hibernate.reactive.mutiny.Mutiny;

public final class SealsInDatabase implements KeepSeals {
  private final Database database;

  public SealsInDatabase(Mutiny.SessionFactory sessions) {
    this.database = new Database(sessions);
  }

  @Override
  public Uni<Boolean> seal(AuditSeal seal) {
    return database
        .change(
            """
            insert into audit_seal
              (node, epoch, number, first, last, root, head, sealed_at, token)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict do nothing
            """,
            seal.chain().node().value(),
            seal.chain().epoch(),
            seal.number(),
            seal.first(),
            seal.last(),
            Database.bytes(seal.root()),
            Database.bytes(seal.head()),
            Database.time(seal.sealedAt()),
            Buffer.buffer(seal.token().bytes()))
        .map(sealed -> sealed == 1);
  }

  @Override
  public Uni<Void> witness(AuditWitness witness) {
    AuditReceipt head = witness.head();
    return database
        .change(
            """
            insert into audit_witness (node, epoch, number, hash, seen_at)
            values ($1, $2, $3, $4, $5)
            on conflict do nothing
            """,
            head.chain().node().value(),
            head.chain().epoch(),
            head.number(),
            Database.bytes(head.hash()),
            Database.time(witness.seenAt()))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<AuditSeal>> seals(ChainId chain) {
    return database.rows(
        row ->
            new AuditSeal(
                chain,
                row.count(0),
                row.count(1),
                row.count(2),
                row.digest(3),
                row.digest(4),
                row.instant(5),
                new TimeStampToken(row.bytes(6))),
        """
        select number, first, last, root, head, sealed_at, token from audit_seal
        where node = $1 and epoch = $2 order by number
        """,
        chain.node().value(),
        chain.epoch());
  }

  @Override
  public Uni<Long> count(ChainId chain) {
    return database
        .rows(
            row -> row.count(0),
            "select count(*) from audit_seal where node = $1 and epoch = $2",
            chain.node().value(),
            chain.epoch())
        .map(List::getFirst);
  }

  @Override
  public Uni<List<ChainId>> chains() {
    return database.rows(
        row -> new ChainId(new NodeId(row.text(0)), row.whole(1)),
        """
        select node, epoch from audit_seal union select node, epoch from audit_witness
        order by node, epoch
        """);
  }

  @Override
  public Uni<List<AuditWitness>> witnesses(ChainId chain) {
    return database.rows(
        row ->
            new AuditWitness(new AuditReceipt(chain, row.count(0), row.digest(1)), row.instant(2)),
        """
        select number, hash, seen_at from audit_witness
        where node = $1 and epoch = $2 order by number
        """,
        chain.node().value(),
        chain.epoch());
  }

  @Override
  public Uni<List<AuditReceipt>> unsealed(ChainId chain, int limit) {
    return database.rows(
        row -> new AuditReceipt(chain, row.count(0), row.digest(1)),
        """
        select a.number, a.hash
        from audit_epoch e
        join audit_entry a
          on a.opened_at = e.opened_at and a.node = e.node and a.epoch = e.epoch
        where e.node = $1 and e.epoch = $2
          and a.number > (
            select coalesce(max(s.last), 0) from audit_seal s where s.node = $1 and s.epoch = $2)
        order by a.number limit $3
        """,
        chain.node().value(),
        chain.epoch(),
        limit);
  }

  @Override
  public Uni<List<ChainId>> chainsToSeal() {
    return database.rows(
        row -> new ChainId(new NodeId(row.text(0)), row.whole(1)),
        """
        select e.node, e.epoch
        from audit_epoch e
        left join lateral (
          select max(s.last) as last from audit_seal s where s.node = e.node and s.epoch = e.epoch
        ) sealed on true
        where exists (
          select from audit_entry a
          where a.opened_at = e.opened_at and a.node = e.node and a.epoch = e.epoch
            and a.number > coalesce(sealed.last, 0))
        order by e.opened_at, e.node, e.epoch
        """);
  }
}
