package jp.kazashi.jpki.certificate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertificateProfile.KeyUse;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;

/**
 * The extensions the judge reads.
 *
 * @param critical all that are critical, read or not
 * @param mostAuthoritiesBelow pathLenConstraint, when there is one
 * @param keyUses empty when the extension is missing
 * @param extendedKeyUses empty when the extension is missing
 * @param policies empty when the extension is missing
 */
record CertificateExtensions(
    Set<String> present,
    Set<String> critical,
    boolean authority,
    Optional<Integer> mostAuthoritiesBelow,
    Optional<Set<KeyUse>> keyUses,
    Optional<Set<String>> extendedKeyUses,
    Optional<Set<String>> policies,
    List<PolicyMapping> policyMappings,
    Optional<Integer> requireExplicitPolicy,
    Optional<Integer> inhibitPolicyMapping,
    Optional<Integer> inhibitAnyPolicy,
    Optional<NameConstraints> nameConstraints,
    List<GeneralName> alternativeNames,
    Optional<Octets> authorityKeyId,
    Optional<Octets> subjectKeyId,
    List<PublicationPoint> publicationPoints) {
  // What a holder's certificate may say critically.
  private static final Set<String> READ_IN_A_PROFILE =
      Set.of(
          Extension.basicConstraints.getId(),
          Extension.keyUsage.getId(),
          Extension.extendedKeyUsage.getId(),
          Extension.certificatePolicies.getId());

  // What path validation processes (RFC 5280 §6.1.4 (o) and §6.1.5 (f)).
  private static final Set<String> READ_IN_A_PATH =
      Set.of(
          Extension.basicConstraints.getId(),
          Extension.keyUsage.getId(),
          Extension.extendedKeyUsage.getId(),
          Extension.certificatePolicies.getId(),
          Extension.policyMappings.getId(),
          Extension.policyConstraints.getId(),
          Extension.inhibitAnyPolicy.getId(),
          Extension.nameConstraints.getId(),
          Extension.subjectAlternativeName.getId(),
          Extension.cRLDistributionPoints.getId());

  private static final int REQUIRE_EXPLICIT_POLICY = 0;
  private static final int INHIBIT_POLICY_MAPPING = 1;

  /** That an issuer's policy is as good as a subject's. */
  record PolicyMapping(String issuers, String subjects) {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException when one is not what it should be
   */
  static CertificateExtensions read(EncodedExtensions extensions) {
    Optional<BasicConstraints> basic =
        extensions.value(Extension.basicConstraints).map(BasicConstraints::getInstance);
    Optional<ASN1Sequence> policyConstraints =
        extensions.value(Extension.policyConstraints).map(ASN1Sequence::getInstance);
    return new CertificateExtensions(
        extensions.present(),
        extensions.critical(),
        basic.map(BasicConstraints::isCA).orElse(false),
        basic.flatMap(constraints ->
            Optional.ofNullable(constraints.getPathLenConstraintInteger())
                .map(CertificateExtensions::count)),
        extensions.value(Extension.keyUsage).map(CertificateExtensions::keyUses),
        extensions.value(Extension.extendedKeyUsage).map(CertificateExtensions::extendedKeyUses),
        extensions.value(Extension.certificatePolicies).map(CertificateExtensions::policies),
        extensions
            .value(Extension.policyMappings)
            .map(CertificateExtensions::policyMappings)
            .orElse(List.of()),
        policyConstraints.flatMap(all -> skipped(all, REQUIRE_EXPLICIT_POLICY)),
        policyConstraints.flatMap(all -> skipped(all, INHIBIT_POLICY_MAPPING)),
        extensions
            .value(Extension.inhibitAnyPolicy)
            .map(value -> count(ASN1Integer.getInstance(value))),
        extensions.value(Extension.nameConstraints).map(NameConstraints::getInstance),
        extensions
            .value(Extension.subjectAlternativeName)
            .map(value -> List.of(GeneralNames.getInstance(value).getNames()))
            .orElse(List.of()),
        extensions
            .value(Extension.authorityKeyIdentifier)
            .flatMap(CertificateExtensions::keyIdOfAuthority),
        extensions
            .value(Extension.subjectKeyIdentifier)
            .map(value -> Octets.of(ASN1OctetString.getInstance(value).getOctets())),
        extensions
            .value(Extension.cRLDistributionPoints)
            .map(CertificateExtensions::publicationPoints)
            .orElse(List.of()));
  }

  boolean hasCriticalUnreadInAProfile() {
    return !READ_IN_A_PROFILE.containsAll(critical);
  }

  boolean hasCriticalUnreadInAPath() {
    return !READ_IN_A_PATH.containsAll(critical);
  }

  /** Whether the key may be used so: an absent extension restricts nothing. */
  boolean allows(KeyUse use) {
    return keyUses.map(uses -> uses.contains(use)).orElse(true);
  }

  boolean isCritical(ASN1ObjectIdentifier extension) {
    return critical.contains(extension.getId());
  }

  private static Set<KeyUse> keyUses(ASN1Primitive value) {
    ASN1BitString bits = ASN1BitString.getInstance(value);
    byte[] octets = bits.getBytes();
    int length = octets.length * Byte.SIZE - bits.getPadBits();
    if (length > KeyUse.values().length) {
      throw new IllegalArgumentException("More key usages than there are");
    }
    EnumSet<KeyUse> uses = EnumSet.noneOf(KeyUse.class);
    for (KeyUse use : KeyUse.values()) {
      int bit = use.bit();
      if (bit < length && (octets[bit / Byte.SIZE] & 0x80 >>> bit % Byte.SIZE) != 0) {
        uses.add(use);
      }
    }
    return Set.copyOf(uses);
  }

  private static Set<String> extendedKeyUses(ASN1Primitive value) {
    return Arrays.stream(ExtendedKeyUsage.getInstance(value).getUsages())
        .map(KeyPurposeId::getId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> policies(ASN1Primitive value) {
    Set<String> policies = new HashSet<>();
    for (PolicyInformation policy : CertificatePolicies.getInstance(value).getPolicyInformation()) {
      // RFC 5280 §4.2.1.4: a policy must not appear more than once.
      if (!policies.add(policy.getPolicyIdentifier().getId())) {
        throw new IllegalArgumentException("A policy appears twice");
      }
    }
    return Set.copyOf(policies);
  }

  private static List<PolicyMapping> policyMappings(ASN1Primitive value) {
    List<PolicyMapping> mappings = new ArrayList<>();
    for (ASN1Encodable element : ASN1Sequence.getInstance(value)) {
      ASN1Sequence pair = ASN1Sequence.getInstance(element);
      if (pair.size() != 2) {
        throw new IllegalArgumentException("A policy mapping is a pair");
      }
      mappings.add(new PolicyMapping(identifier(pair, 0), identifier(pair, 1)));
    }
    return List.copyOf(mappings);
  }

  private static List<PublicationPoint> publicationPoints(ASN1Primitive value) {
    return Arrays.stream(CRLDistPoint.getInstance(value).getDistributionPoints())
        .map(PublicationPoint::of)
        .toList();
  }

  private static String identifier(ASN1Sequence sequence, int index) {
    return ASN1ObjectIdentifier.getInstance(sequence.getObjectAt(index)).getId();
  }

  private static Optional<Integer> skipped(ASN1Sequence policyConstraints, int tag) {
    for (ASN1Encodable element : policyConstraints) {
      ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(element);
      if (tagged.getTagNo() == tag) {
        return Optional.of(count(ASN1Integer.getInstance(tagged, false)));
      }
    }
    return Optional.empty();
  }

  // No path is longer than an int counts; more is the same as never.
  private static Integer count(ASN1Integer number) {
    if (number.getValue().signum() < 0) {
      throw new IllegalArgumentException("A number of certificates is not negative");
    }
    return number.getValue().bitLength() < Integer.SIZE - 1
        ? number.getValue().intValueExact()
        : Integer.MAX_VALUE;
  }

  private static Optional<Octets> keyIdOfAuthority(ASN1Primitive value) {
    return Optional.ofNullable(AuthorityKeyIdentifier.getInstance(value).getKeyIdentifierOctets())
        .map(Octets::of);
  }
}
