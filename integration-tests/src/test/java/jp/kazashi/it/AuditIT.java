package jp.kazashi.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.kazashi.it.World.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor with the commands of the launcher, and with what answers carried away. */
@SharedWorld.Guest
class AuditIT {
  private static final int GOOD = 0;
  private static final int NEGATIVE = 3;

  private final World world;

  @TempDir Path folder;

  AuditIT(World world) {
    this.world = world;
  }

  @Test
  void theEntryOfAnAnswersReceiptIsFoundInAnIntactRecord() throws IOException {
    JsonNode answer = world.run("visit", "--card", "hanako", "--json").json();
    Path carried = Files.writeString(folder.resolve("answer.json"), answer.toString());

    Outcome verified = world.run("audit", "verify", "--receipt", carried.toString(), "--json");

    assertThat(verified.exit()).as(verified.out() + verified.err()).isEqualTo(GOOD);
    JsonNode receipt = answer.path("receipt");
    assertThat(verified.json())
        .anySatisfy(chain -> {
          assertThat(chain.path("chain")).isEqualTo(receipt.path("chain"));
          assertThat(chain.path("intact").asBoolean()).isTrue();
          assertThat(chain.path("head").asLong())
              .isGreaterThanOrEqualTo(receipt.path("number").asLong());
        });
  }

  @Test
  void aReceiptThatTheRecordDoesNotHoldIsFoundOut() throws IOException {
    ObjectNode receipt =
        (ObjectNode) world.run("visit", "--card", "hanako", "--json").json().path("receipt");
    long number = receipt.path("number").asLong();
    Path other =
        Files.writeString(
            folder.resolve("other.json"),
            receipt.deepCopy().put("hash", "00".repeat(32)).toString());
    Path later =
        Files.writeString(
            folder.resolve("later.json"),
            receipt.deepCopy().put("number", number + 1_000_000).toString());

    Outcome replaced = world.run("audit", "verify", "--receipt", other.toString());
    Outcome lost = world.run("audit", "verify", "--receipt", later.toString());

    assertThat(replaced.exit()).isEqualTo(NEGATIVE);
    assertThat(replaced.out()).contains("BROKEN at entry " + number + ": NOT_THE_RECEIPTS");
    assertThat(lost.exit()).isEqualTo(NEGATIVE);
    assertThat(lost.out()).contains("TRUNCATED");
  }

  @Test
  void theEvidenceOfACheckIsJudgedAgainToTheSameVerdict() throws IOException {
    Path answered = export("hanako", "answered.der");
    Path refused = export("shiro", "refused.json");

    assertThat(world.run("judge", answered.toString()).exit()).isEqualTo(GOOD);
    Outcome judged = world.run("judge", refused.toString(), "--json");
    assertThat(judged.exit()).as(judged.err()).isEqualTo(NEGATIVE);
    assertThat(new ObjectMapper().readTree(Files.readString(refused)).path("verdict").path("why"))
        .isEqualTo(judged.json().path("why"));
    assertThat(judged.json().path("why").asText()).isEqualTo("CERTIFICATE_REVOKED");
    assertThat(judged.json().path("agrees").asBoolean()).isTrue();
  }

  @Test
  void aCheckThatWasNeverMadeHasNoEvidence() {
    Outcome none = world.run("evidence", "--check", "00000000-0000-0000-0000-000000000001");
    assertThat(none.exit()).isEqualTo(NEGATIVE);
    assertThat(none.err()).contains("no evidence");
    assertThat(world.run("evidence", "--check", "x").exit()).isEqualTo(1);
  }

  private Path export(String card, String name) throws IOException {
    String check = world.run("visit", "--card", card, "--json").json().path("checkId").asText();
    Path file = folder.resolve(name);
    Outcome exported = world.run("evidence", "--check", check, "--out", file.toString());
    assertThat(exported.exit()).as(exported.err()).isEqualTo(GOOD);
    assertThat(file).isNotEmptyFile();
    return file;
  }
}
