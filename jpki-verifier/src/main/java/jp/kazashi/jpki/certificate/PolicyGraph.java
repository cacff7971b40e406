package jp.kazashi.jpki.certificate;

import static jp.kazashi.jpki.certificate.PathRules.ANY_POLICY;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kazashi.jpki.certificate.CertificateExtensions.PolicyMapping;
import org.jspecify.annotations.Nullable;

/**
 * The policies a path is valid for, as the graph of RFC 9618: what RFC 5280's tree says, without
 * its exponential growth. One level for each certificate, one node for each policy on it.
 */
final class PolicyGraph {
  private final List<Map<String, Node>> levels = new ArrayList<>();

  /** A policy with what a certificate below may call it, and the policies above it came from. */
  private record Node(Set<String> expected, Set<String> parents) {}

  PolicyGraph() {
    levels.add(Map.of(ANY_POLICY, new Node(Set.of(ANY_POLICY), Set.of())));
  }

  /** Whether no policy is left: RFC 5280's NULL tree. */
  boolean isEmpty() {
    return levels.getLast().isEmpty();
  }

  /** §6.1.3 (d) and (e). */
  void add(CertificateExtensions extensions, boolean anyPolicyCounts) {
    Map<String, Node> above = levels.getLast();
    Map<String, Node> level = new HashMap<>();
    Set<String> asserted = extensions.policies().orElse(Set.of());
    for (String policy : asserted) {
      if (!policy.equals(ANY_POLICY)) {
        Set<String> parents = expecting(above, policy);
        if (parents.isEmpty() && above.containsKey(ANY_POLICY)) {
          parents = Set.of(ANY_POLICY);
        }
        if (!parents.isEmpty()) {
          level.put(policy, new Node(Set.of(policy), parents));
        }
      }
    }
    if (asserted.contains(ANY_POLICY) && anyPolicyCounts) {
      for (Node node : above.values()) {
        for (String policy : node.expected()) {
          level.computeIfAbsent(
              policy, expected -> new Node(Set.of(expected), expecting(above, expected)));
        }
      }
    }
    levels.add(level);
  }

  /** §6.1.4 (b). */
  void map(List<PolicyMapping> mappings, boolean inhibited) {
    Map<String, Set<String>> subjects = new HashMap<>();
    for (PolicyMapping mapping : mappings) {
      subjects.computeIfAbsent(mapping.issuers(), _ -> new HashSet<>()).add(mapping.subjects());
    }
    Map<String, Node> level = levels.getLast();
    subjects.forEach((policy, expected) -> {
      @Nullable Node node = level.get(policy);
      if (inhibited) {
        level.remove(policy);
      } else if (node != null) {
        level.put(policy, new Node(Set.copyOf(expected), node.parents()));
      } else if (level.containsKey(ANY_POLICY)) {
        level.put(policy, new Node(Set.copyOf(expected), Set.of(ANY_POLICY)));
      }
    });
  }

  /** §6.1.5 (g): whether a policy of the user's set is left, as the anchor's side names it. */
  boolean leavesAnyOf(Set<String> policies) {
    if (isEmpty()) {
      return false;
    }
    if (policies.contains(ANY_POLICY) || levels.getLast().containsKey(ANY_POLICY)) {
      return true;
    }
    // Upward over what reaches the last level: the first node below anyPolicy has the user's name.
    Set<String> reached = levels.getLast().keySet();
    for (int depth = levels.size() - 1; depth > 0; depth--) {
      Set<String> above = new HashSet<>();
      for (String policy : reached) {
        Node node = levels.get(depth).get(policy);
        if (node != null) {
          if (node.parents().contains(ANY_POLICY) && policies.contains(policy)) {
            return true;
          }
          above.addAll(node.parents());
        }
      }
      reached = above;
    }
    return false;
  }

  private static Set<String> expecting(Map<String, Node> level, String policy) {
    Set<String> names = new HashSet<>();
    level.forEach((name, node) -> {
      if (node.expected().contains(policy)) {
        names.add(name);
      }
    });
    return names;
  }
}
