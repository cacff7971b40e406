package jp.kazashi.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  @Test
  void percentilesAreTimesThatWereTaken() {
    Latencies latencies = new Latencies();
    for (int millis = 100; millis >= 1; millis--) {
      latencies.add(millis * 1_000_000L);
    }
    assertThat(latencies.percentileMillis(50)).isEqualTo(50);
    assertThat(latencies.percentileMillis(99)).isEqualTo(99);
    assertThat(latencies.percentileMillis(99.9)).isEqualTo(100);
    assertThat(latencies.percentileMillis(100)).isEqualTo(100);
    assertThat(new Latencies().percentileMillis(99)).isNaN();
  }

  @Test
  void moreTimesThanFirstExpectedAreKept() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= 40_000; i++) {
      latencies.add(i);
    }
    assertThat(latencies.count()).isEqualTo(40_000);
    assertThat(latencies.percentileMillis(100)).isEqualTo(0.04);
  }

  @Test
  void whatMissesItsTargetIsSaidAndNotHidden() throws Exception {
    Report report = new Report("store");
    report.put("p99", 1.25);
    report.put("latency", new Report.Chart("ms", Map.of("p99 <a>", 1.25)));
    report.measure("hot read, store over hand", 0.7, "", "0.8 or more", false);
    report.measure("records", 61_440, "records");
    report.write(folder);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("latest.json").toFile());
    assertThat(json.path("scenario").asText()).isEqualTo("store");
    assertThat(json.path("p99").asDouble()).isEqualTo(1.25);
    assertThat(json.path("measures").path(0).path("reached").asBoolean(true)).isFalse();
    assertThat(report.lines().getFirst()).contains("0.7", "target 0.8 or more: missed");
    assertThat(report.lines().getLast()).contains("61440").doesNotContain("target");
    String html = Files.readString(folder.resolve("latest.html"));
    assertThat(html).contains("missed", "0.8 or more", "p99 &lt;a>").doesNotContain("<a>");
  }
}
