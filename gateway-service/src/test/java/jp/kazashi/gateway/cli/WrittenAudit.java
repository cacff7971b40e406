package jp.kazashi.gateway.cli;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.kazashi.gateway.adapter.ops.OwnerAddress;
import jp.kazashi.qualification.audit.AuditChain;
import jp.kazashi.qualification.audit.AuditEntry;
import jp.kazashi.qualification.audit.AuditEvent;
import jp.kazashi.qualification.audit.AuditKind;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.AuditSeal;
import jp.kazashi.qualification.audit.AuditWitness;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.audit.TimeStampToken;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.store.KeepSeals;
import jp.kazashi.simulator.tsa.TimeStamper;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** A node's day in the audit: real entries, chained, witnessed, sealed and stamped. */
final class WrittenAudit {
  static final int OF_A_SEAL = 1000;
  static final int OF_A_WITNESS = 250;

  private static final int OF_A_COPY = 5000;
  private static final Instant BEGAN = Instant.parse("2026-06-01T00:00:00Z");
  private static final Actor KIOSK =
      new Actor("1312345670", "READER", "kiosk-1", Digest.of(new byte[] {1}));

  private final OwnerAddress owner;
  private final TimeStamper stamper;
  private final SecureRandom random;

  WrittenAudit(String ownerUrl, TimeStamper stamper, SecureRandom random) {
    this.owner = OwnerAddress.of(ownerUrl);
    this.stamper = stamper;
    this.random = random;
  }

  /** A chain of that many entries, the last ones only witnessed; tells the last one's receipt. */
  AuditReceipt write(KeepSeals seals, String node, int entries) throws SQLException, IOException {
    AuditChain chain = AuditChain.empty(new ChainId(new NodeId(node), 1));
    begin(node);
    List<AuditReceipt> unsealed = new ArrayList<>();
    AuditReceipt last = chain.next(opening()).receipt();
    long sealed = 0;
    StringBuilder rows = new StringBuilder();
    for (int at = 1; at <= entries; at++) {
      AuditEntry entry = chain.next(at == 1 ? opening() : event(at));
      last = entry.receipt();
      chain = chain.after(last);
      row(rows, entry, last);
      unsealed.add(last);
      if (at % OF_A_COPY == 0 || at == entries) {
        copy(rows.toString());
        rows.setLength(0);
      }
      if (at % OF_A_WITNESS == 0) {
        now(seals.witness(new AuditWitness(last, BEGAN.plusMillis(at))));
      }
      if (unsealed.size() == OF_A_SEAL) {
        sealed++;
        now(seals.seal(AuditSeal.over(sealed, unsealed, BEGAN.plusMillis(at), stamp(unsealed))));
        unsealed.clear();
      }
    }
    return last;
  }

  private void begin(String node) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("select make_partition('audit_entry', date '2026-06-01')");
      statement.execute(
          "insert into audit_epoch (node, epoch, opened_at) values ('%s', 1, '%s')"
              .formatted(node, BEGAN));
    }
  }

  private static AuditEvent opening() {
    return AuditEvent.of(BEGAN, AuditKind.EPOCH_OPENED, null, null, null, "OPENED", Map.of());
  }

  private static AuditEvent event(int at) {
    CheckId check = new CheckId(new UUID(7, at));
    return AuditEvent.of(
        BEGAN.plusMillis(at),
        AuditKind.CHECK,
        KIOSK,
        check,
        new PersonId(new UUID(8, at)),
        "ANSWERED",
        Map.ofEntries(
            Map.entry("institution", "1312345670"),
            Map.entry("terminal", "kiosk-1"),
            Map.entry("method", "PIN"),
            Map.entry("offered", "medication,checkup,care,surgery"),
            Map.entry("phase", "NORMAL"),
            Map.entry("judged", "VALID"),
            Map.entry("challenge", new UUID(9, at).toString()),
            Map.entry("snapshot", digest(at, 1)),
            Map.entry("verdict", digest(at, 2)),
            Map.entry("evidence.STATEMENT", digest(at, 3)),
            Map.entry("evidence.CERTIFICATE", digest(at, 4)),
            Map.entry("evidence.SIGNATURE", digest(at, 5)),
            Map.entry("evidence.CIRCUMSTANCES", digest(at, 6)),
            Map.entry("evidence.RULES", digest(0, 7))));
  }

  private static String digest(int at, int kind) {
    return Digest.of(new byte[] {(byte) at, (byte) (at >> 8), (byte) (at >> 16), (byte) kind})
        .hex();
  }

  private static void row(StringBuilder rows, AuditEntry entry, AuditReceipt receipt) {
    AuditEvent event = entry.event();
    @Nullable Actor actor = event.actor();
    List<String> cells =
        List.of(
            BEGAN.toString(),
            entry.chain().node().value(),
            Integer.toString(entry.chain().epoch()),
            Long.toString(entry.number()),
            "\\\\x" + entry.previous().hex(),
            "\\\\x" + receipt.hash().hex(),
            event.at().toString(),
            event.kind().name(),
            cell(actor, Actor::organisation),
            cell(actor, Actor::role),
            cell(actor, Actor::system),
            cell(actor, each -> "\\\\x" + each.certificate().hex()),
            cell(event.check(), CheckId::toString),
            cell(event.person(), PersonId::toString),
            event.outcome(),
            json(event.details()));
    rows.append(String.join("\t", cells)).append('\n');
  }

  private static <T> String cell(@Nullable T value, Function<T, String> text) {
    return value == null ? "\\N" : text.apply(value);
  }

  private static String json(SortedMap<String, String> details) {
    return details.entrySet().stream()
        .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private void copy(String rows) throws SQLException, IOException {
    try (Connection connection = connect()) {
      new CopyManager(connection.unwrap(BaseConnection.class))
          .copyIn(
              "copy audit_entry (opened_at, node, epoch, number, previous, hash, at, kind,"
                  + " organisation, role, system, certificate, check_id, person_id, outcome,"
                  + " details) from stdin",
              new StringReader(rows));
    }
  }

  /** What somebody with the owner's password does. */
  void tamper(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        if (statement.executeUpdate(each) == 0) {
          throw new AssertionError("it changed nothing: " + each);
        }
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(owner.jdbc(), owner.user(), owner.password());
  }

  private TimeStampToken stamp(List<AuditReceipt> entries) throws IOException {
    TimeStampRequestGenerator question = new TimeStampRequestGenerator();
    question.setCertReq(true);
    byte[] asked =
        question
            .generate(
                TSPAlgorithms.SHA256, AuditSeal.rootOf(entries).bytes(), new BigInteger(64, random))
            .getEncoded();
    try {
      return new TimeStampToken(
          new TimeStampResponse(stamper.respond(asked, BEGAN)).getTimeStampToken().getEncoded());
    } catch (TSPException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T now(Uni<T> asked) {
    return asked.await().atMost(Duration.ofSeconds(60));
  }
}
