package jp.kazashi.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.kazashi.gateway.adapter.ops.Migrations;
import jp.kazashi.gateway.adapter.ops.OwnerAddress;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.store.reactive.StoreAtRest;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import jp.kazashi.simulator.tsa.TimeStamper;
import jp.kazashi.simulator.world.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code audit verify} as a process of its own, on a database whose owner has edited it. With
 * {@code -Dkazashi.audit.entries=1000000} the intact chain has that many entries, and the time is
 * printed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the set-up sets the fields
class EditedAuditTest {
  private static final int ENTRIES = 2300;

  private final SecureRandom random = new SecureRandom();

  private Path folder;
  private EmbeddedPostgres postgres;
  private TimeStampAuthority authority;
  private WrittenAudit audit;

  @BeforeAll
  void start(@TempDir Path given) throws IOException {
    folder = given;
    postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
    Migrations.run(postgres.ownerUrl());
    authority =
        TimeStampAuthority.open(
            folder.resolve("tsa"), Instant.parse("2026-05-01T00:00:00Z"), random);
    audit = new WrittenAudit(postgres.ownerUrl(), new TimeStamper(authority, random), random);
  }

  @AfterAll
  void stop() {
    postgres.close();
  }

  @Test
  void everyWayOfEditingTheDatabaseIsFoundAndTheFirstBrokenEntryNamed() throws Exception {
    int whole = Integer.getInteger("kazashi.audit.entries", ENTRIES);
    List<AuditReceipt> heads = new ArrayList<>();
    try (StoreAtRest store = store()) {
      heads.add(audit.write(store.seals(), "whole", whole));
      for (String node :
          List.of("removed", "edited", "swapped", "truncated", "tail", "gone", "smuggled")) {
        heads.add(audit.write(store.seals(), node, ENTRIES));
      }
      heads.add(audit.write(store.seals(), "young", 40));
      heads.add(audit.write(store.seals(), "last", 49));
    }

    long began = System.nanoTime();
    Said before = verify(heads);
    System.out.printf(
        "audit verify: %,d entries in %.1f s, start of the process included; it used %.1f s of"
            + " CPU%n",
        whole + 7 * ENTRIES + 40 + 49,
        (System.nanoTime() - began) / 1e9,
        before.cpu().toMillis() / 1e3);
    assertThat(before.exit()).as(before.text()).isZero();

    audit.tamper(
        "delete from audit_entry where node = 'removed' and number = 1234",
        "update audit_entry set outcome = 'CERTIFICATE_REVOKED'"
            + " where node = 'edited' and number = 777",
        "update audit_entry set number = -1 where node = 'swapped' and number = 1500",
        "update audit_entry set number = 1500 where node = 'swapped' and number = 1501",
        "update audit_entry set number = 1501 where node = 'swapped' and number = -1",
        "delete from audit_entry where node = 'truncated' and number > 1800",
        // Behind the last seal: the witnesses know of it.
        "delete from audit_entry where node = 'tail' and number > 2210",
        "delete from audit_entry where node = 'gone'",
        // What nobody witnessed yet: only the receipts of the answers tell.
        "delete from audit_entry where node = 'last' and number > 47",
        // No seal, no witness; its own row of the starts is taken away.
        "delete from audit_epoch where node = 'young'",
        "update audit_entry set kind = 'NOTHING' where node = 'young' and number = 9",
        // Where nobody reads the chain, and everybody who looks for a check does.
        "insert into audit_entry select opened_at + interval '1 day', node, epoch, number,"
            + " previous, hash, at, kind, organisation, role, system, certificate, check_id,"
            + " person_id, outcome, details from audit_entry where node = 'smuggled' and number ="
            + " 1700",
        "update audit_entry set kind = 'NOTHING' where node = 'edited' and number = 777");
    Said after = verify(List.of(heads.getFirst(), heads.getLast()));

    assertThat(after.exit()).isEqualTo(3);
    assertThat(after.text())
        .contains("whole:1  intact, entries 1 to " + whole)
        .contains("removed:1  BROKEN at entry 1235: REMOVED")
        .contains("edited:1  BROKEN at entry 777: EDITED")
        .contains("swapped:1  BROKEN at entry 1500: EDITED")
        .contains("truncated:1  BROKEN at entry 1801: TRUNCATED")
        .contains("tail:1  BROKEN at entry 2211: TRUNCATED")
        .contains("gone:1  BROKEN at entry 1: TRUNCATED")
        .contains("young:1  BROKEN at entry 1: FOREIGN")
        .contains("smuggled:1  BROKEN at entry 1700: FOREIGN")
        .contains("last:1  BROKEN at entry 48: TRUNCATED")
        .contains("BROKEN: 9 of 10 chains");
  }

  private record Said(int exit, String text, Duration cpu) {}

  private Said verify(List<AuditReceipt> receipts) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayCommand.class.getName(),
                "audit",
                "verify"));
    for (AuditReceipt receipt : receipts) {
      Path file = folder.resolve("receipt-" + receipt.chain().node() + ".json");
      Files.writeString(
          file,
          new ObjectMapper()
              .createObjectNode()
              .put("chain", receipt.chain().toString())
              .put("number", receipt.number())
              .put("hash", receipt.hash().hex())
              .toString());
      command.addAll(List.of("--receipt", file.toString()));
    }
    Path out = folder.resolve("said.txt");
    ProcessBuilder starting = new ProcessBuilder(command).redirectErrorStream(true);
    starting.redirectOutput(out.toFile());
    starting.environment().put("KAZASHI_DB_OWNER_URL", postgres.ownerUrl());
    starting.environment().put("KAZASHI_TSA_ANCHOR", authority.anchor().toString());
    Process process = starting.start();
    try {
      Duration cpu = Duration.ZERO;
      while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
        cpu = process.info().totalCpuDuration().orElse(cpu);
      }
      return new Said(process.exitValue(), Files.readString(out), cpu);
    } finally {
      process.destroyForcibly();
    }
  }

  private StoreAtRest store() {
    OwnerAddress owner = OwnerAddress.of(postgres.ownerUrl());
    return StoreAtRest.open(owner.jdbc(), owner.user(), owner.password());
  }
}
