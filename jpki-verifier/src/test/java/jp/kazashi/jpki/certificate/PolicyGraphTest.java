package jp.kazashi.jpki.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.kazashi.jpki.certificate.CertificateExtensions.PolicyMapping;
import org.junit.jupiter.api.Test;

class PolicyGraphTest {
  private static final int POLICIES = 40;
  private static final int DEPTH = 12;

  /** Every policy mapped to every other on every level: a tree would have 40 to the 12th leaves. */
  @Test
  void aGraphStaysSmallWhereATreeExplodes() {
    PolicyGraph graph = new PolicyGraph();
    Set<String> all =
        IntStream.range(0, POLICIES).mapToObj(i -> "1.2.3." + i).collect(Collectors.toSet());
    List<PolicyMapping> mappings = new ArrayList<>();
    for (String from : all) {
      for (String to : all) {
        mappings.add(new PolicyMapping(from, to));
      }
    }
    for (int i = 0; i < DEPTH; i++) {
      graph.add(asserting(all), true);
      graph.map(mappings, false);
    }
    assertThat(graph.isEmpty()).isFalse();
    assertThat(graph.leavesAnyOf(Set.of("1.2.3.7"))).isTrue();
    assertThat(graph.leavesAnyOf(Set.of("1.2.4.7"))).isFalse();
  }

  private static CertificateExtensions asserting(Set<String> policies) {
    return new CertificateExtensions(
        Set.of(),
        Set.of(),
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(policies),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
