package jp.kazashi.jpki.certificate;

import java.util.Set;

/**
 * The inputs of path validation (RFC 5280 §6.1.1) besides path, anchor and instant.
 *
 * @param policies user-initial-policy-set
 * @param explicitPolicy whether the path must be valid for one of them
 */
public record PathRules(
    Set<String> policies,
    boolean explicitPolicy,
    boolean policyMappingInhibited,
    boolean anyPolicyInhibited,
    SignatureTable algorithms) {
  public static final String ANY_POLICY = "2.5.29.32.0";

  public PathRules {
    policies = Set.copyOf(policies);
  }

  /** A path for one of these policies, by these algorithms. */
  public static PathRules forPolicies(Set<String> policies, SignatureTable algorithms) {
    return new PathRules(policies, true, false, false, algorithms);
  }

  /** A path to whoever signs revocation lists: under which policy is nobody's concern. */
  public static PathRules forAnyPolicy(SignatureTable algorithms) {
    return new PathRules(Set.of(ANY_POLICY), false, false, false, algorithms);
  }
}
