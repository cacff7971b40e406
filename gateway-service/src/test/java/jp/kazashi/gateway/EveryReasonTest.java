package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.Set;
import jp.kazashi.gateway.check.Reason;
import org.junit.jupiter.api.Test;

/**
 * What a caller may be told, somebody was told: by a gateway that ran, over HTTP. Quarkus has its
 * own classes run before all others, so that here everything has been said.
 */
class EveryReasonTest {
  @Test
  void everyReasonOfTheCatalogueWasToldOverHttp() {
    Set<String> heard = Heard.reasons();
    assumeThat(heard).as("this one says something after the others only").isNotEmpty();

    assertThat(heard)
        .as("after a run of the whole module")
        .containsAll(Arrays.stream(Reason.values()).map(Reason::name).toList());
  }
}
