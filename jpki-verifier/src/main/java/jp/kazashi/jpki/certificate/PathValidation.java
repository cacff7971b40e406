package jp.kazashi.jpki.certificate;

import static jp.kazashi.jpki.RejectionReason.CERTIFICATE_NOT_YET_VALID;
import static jp.kazashi.jpki.RejectionReason.CRITICAL_EXTENSION_UNKNOWN;
import static jp.kazashi.jpki.RejectionReason.ISSUER_NOT_ALLOWED;
import static jp.kazashi.jpki.RejectionReason.ISSUER_NOT_VALID;
import static jp.kazashi.jpki.RejectionReason.ISSUER_SIGNATURE_INVALID;
import static jp.kazashi.jpki.RejectionReason.ISSUER_UNKNOWN;
import static jp.kazashi.jpki.RejectionReason.NAME_NOT_PERMITTED;
import static jp.kazashi.jpki.RejectionReason.PATH_POLICY_NOT_ACCEPTED;

import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.Checked;
import jp.kazashi.jpki.Checked.Failed;
import jp.kazashi.jpki.Checked.Held;
import jp.kazashi.jpki.RejectionReason;
import jp.kazashi.jpki.certificate.CertificateExtensions.PolicyMapping;
import jp.kazashi.jpki.certificate.CertificateProfile.KeyUse;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** One path from an anchor to a certificate, clause by clause (RFC 5280 §6.1). */
public final class PathValidation {
  private static final int VERSION_3 = 3;

  private final PathRules rules;
  private final Authority anchor;
  private final Instant at;
  private final List<ParsedCertificate> certificates;

  // §6.1.2, the state variables.
  private final PolicyGraph policies = new PolicyGraph();
  private final PermittedNames names = new PermittedNames();
  private final List<Link> links = new ArrayList<>();
  private final State state;

  private PathValidation(
      Authority anchor, List<ParsedCertificate> certificates, PathRules rules, Instant at) {
    this.anchor = anchor;
    this.certificates = certificates;
    this.rules = rules;
    this.at = at;
    this.state = new State(anchor, certificates.size(), rules);
  }

  /** The path, when it holds. The certificates come in their order below the anchor. */
  public static Checked<ValidPath> check(
      Authority anchor, List<ParsedCertificate> certificates, PathRules rules, Instant at) {
    return new PathValidation(anchor, certificates, rules, at).check();
  }

  private Checked<ValidPath> check() {
    for (int i = 0; i < certificates.size(); i++) {
      ParsedCertificate certificate = certificates.get(i);
      boolean last = i == certificates.size() - 1;
      Optional<RejectionReason> trouble = process(certificate, last);
      if (trouble.isEmpty()) {
        links.add(new Link(certificate, state.issuer, anchor));
        trouble = last ? wrapUp(certificate) : prepareForNext(certificate);
      }
      if (trouble.isPresent()) {
        return new Failed<>(trouble.get());
      }
    }
    return new Held<>(new ValidPath(links));
  }

  /** §6.1.3, basic certificate processing. */
  private Optional<RejectionReason> process(ParsedCertificate certificate, boolean last) {
    // (a) (4) the name and (1) the key of the issuer.
    if (!state.issuer.hasNameOf(certificate)) {
      return Optional.of(ISSUER_UNKNOWN);
    }
    if (!certificate.isSignedBy(state.issuer.key(), rules.algorithms())) {
      return Optional.of(ISSUER_SIGNATURE_INVALID);
    }
    // (a) (2) the time. (a) (3), revocation, is for whoever has evidence of it.
    Optional<Validity> validity = certificate.validity();
    if (validity.isEmpty() || !validity.get().holdsAt(at)) {
      return Optional.of(untimely(validity, last));
    }
    if (!state.issuer.isValidAt(at)) {
      return Optional.of(ISSUER_NOT_VALID);
    }
    // (b) and (c)
    boolean passesOn = !last && certificate.isSelfIssued();
    if (!passesOn && !names.allow(certificate)) {
      return Optional.of(NAME_NOT_PERMITTED);
    }
    // (d) and (e)
    policies.add(certificate.extensions(), state.inhibitAnyPolicy > 0 || passesOn);
    // (f)
    return state.explicitPolicy > 0 || !policies.isEmpty()
        ? Optional.empty()
        : Optional.of(PATH_POLICY_NOT_ACCEPTED);
  }

  private RejectionReason untimely(Optional<Validity> validity, boolean last) {
    return last && !validity.map(period -> period.begunAt(at)).orElse(true)
        ? CERTIFICATE_NOT_YET_VALID
        : ISSUER_NOT_VALID;
  }

  /** §6.1.4, preparation for the certificate below. */
  private Optional<RejectionReason> prepareForNext(ParsedCertificate certificate) {
    CertificateExtensions extensions = certificate.extensions();
    // (a)
    if (extensions.policyMappings().stream().anyMatch(PathValidation::mapsAnyPolicy)) {
      return Optional.of(PATH_POLICY_NOT_ACCEPTED);
    }
    // (b)
    policies.map(extensions.policyMappings(), state.policyMapping == 0);
    // (c) to (f)
    Optional<Authority> next = authority(certificate);
    // (k), (n) and (o)
    if (next.isEmpty()
        || certificate.version() != VERSION_3
        || !extensions.authority()
        || !extensions.allows(KeyUse.KEY_CERT_SIGN)
        || extensions.hasCriticalUnreadInAPath()) {
      return Optional.of(ISSUER_NOT_ALLOWED);
    }
    // (g)
    try {
      extensions.nameConstraints().ifPresent(names::narrow);
    } catch (IllegalArgumentException e) {
      return Optional.of(ISSUER_NOT_ALLOWED);
    }
    // (l)
    if (!certificate.isSelfIssued() && --state.mostAuthorities < 0) {
      return Optional.of(ISSUER_NOT_ALLOWED);
    }
    state.descend(certificate, next.get());
    return Optional.empty();
  }

  /** §6.1.5, after the last certificate. */
  private Optional<RejectionReason> wrapUp(ParsedCertificate certificate) {
    CertificateExtensions extensions = certificate.extensions();
    // (f)
    if (extensions.hasCriticalUnreadInAPath()) {
      return Optional.of(CRITICAL_EXTENSION_UNKNOWN);
    }
    // (a) and (b)
    int explicitPolicy = Math.max(0, state.explicitPolicy - 1);
    if (extensions.requireExplicitPolicy().map(skipped -> skipped == 0).orElse(false)) {
      explicitPolicy = 0;
    }
    // (g)
    return explicitPolicy > 0 || policies.leavesAnyOf(rules.policies())
        ? Optional.empty()
        : Optional.of(PATH_POLICY_NOT_ACCEPTED);
  }

  private Optional<Authority> authority(ParsedCertificate certificate) {
    SubjectPublicKeyInfo info = inherited(certificate.keyInfo(), state.issuer);
    return certificate
        .validity()
        .flatMap(validity ->
            rules.algorithms().key(info).map(key -> authority(certificate, key, validity)));
  }

  private Authority authority(ParsedCertificate certificate, PublicKey key, Validity validity) {
    return Authority.below(certificate, key, validity, rules.algorithms());
  }

  // §6.1.4 (f): a key without parameters has those of the key above, when the algorithm is the
  // same.
  private static SubjectPublicKeyInfo inherited(SubjectPublicKeyInfo own, Authority above) {
    AlgorithmIdentifier algorithm = own.getAlgorithm();
    if (algorithm.getParameters() != null) {
      return own;
    }
    AlgorithmIdentifier parent =
        SubjectPublicKeyInfo.getInstance(above.key().getEncoded()).getAlgorithm();
    return algorithm.getAlgorithm().equals(parent.getAlgorithm())
        ? new SubjectPublicKeyInfo(parent, own.getPublicKeyData().getBytes())
        : own;
  }

  private static boolean mapsAnyPolicy(PolicyMapping mapping) {
    return mapping.issuers().equals(PathRules.ANY_POLICY)
        || mapping.subjects().equals(PathRules.ANY_POLICY);
  }

  /** What changes from one certificate to the next. */
  private static final class State {
    Authority issuer;
    int explicitPolicy;
    int policyMapping;
    int inhibitAnyPolicy;
    int mostAuthorities;

    State(Authority anchor, int length, PathRules rules) {
      issuer = anchor;
      explicitPolicy = rules.explicitPolicy() ? 0 : length + 1;
      policyMapping = rules.policyMappingInhibited() ? 0 : length + 1;
      inhibitAnyPolicy = rules.anyPolicyInhibited() ? 0 : length + 1;
      mostAuthorities = length;
    }

    void descend(ParsedCertificate certificate, Authority next) {
      CertificateExtensions extensions = certificate.extensions();
      issuer = next;
      // (h)
      if (!certificate.isSelfIssued()) {
        explicitPolicy = Math.max(0, explicitPolicy - 1);
        policyMapping = Math.max(0, policyMapping - 1);
        inhibitAnyPolicy = Math.max(0, inhibitAnyPolicy - 1);
      }
      // (i), (j) and (m)
      explicitPolicy = least(explicitPolicy, extensions.requireExplicitPolicy());
      policyMapping = least(policyMapping, extensions.inhibitPolicyMapping());
      inhibitAnyPolicy = least(inhibitAnyPolicy, extensions.inhibitAnyPolicy());
      mostAuthorities = least(mostAuthorities, extensions.mostAuthoritiesBelow());
    }

    private static int least(int now, Optional<Integer> constraint) {
      return constraint.map(skipped -> Math.min(now, skipped)).orElse(now);
    }
  }
}
