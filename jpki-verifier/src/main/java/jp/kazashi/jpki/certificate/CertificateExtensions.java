package jp.kazashi.jpki.certificate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kazashi.jpki.Der;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertificateProfile.KeyUse;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.jspecify.annotations.Nullable;

/**
 * The extensions the judge reads.
 *
 * @param critical all that are critical, read or not
 * @param keyUses empty when the extension is missing
 * @param extendedKeyUses empty when the extension is missing
 */
record CertificateExtensions(
    Set<String> present,
    Set<String> critical,
    boolean authority,
    Optional<Set<KeyUse>> keyUses,
    Optional<Set<String>> extendedKeyUses,
    Set<String> policies,
    Optional<Octets> authorityKeyId,
    Optional<Octets> subjectKeyId) {
  private static final Set<String> READ_WHEN_CRITICAL =
      Set.of(
          Extension.basicConstraints.getId(),
          Extension.keyUsage.getId(),
          Extension.extendedKeyUsage.getId(),
          Extension.certificatePolicies.getId());

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException when one is not what it should be
   */
  static CertificateExtensions read(@Nullable Extensions extensions) {
    if (extensions == null) {
      extensions = new Extensions(new Extension[0]);
    }
    return new CertificateExtensions(
        identifiers(extensions.getExtensionOIDs()),
        identifiers(extensions.getCriticalExtensionOIDs()),
        value(extensions, Extension.basicConstraints)
            .map(value -> BasicConstraints.getInstance(value).isCA())
            .orElse(false),
        value(extensions, Extension.keyUsage).map(CertificateExtensions::keyUses),
        value(extensions, Extension.extendedKeyUsage).map(CertificateExtensions::extendedKeyUses),
        value(extensions, Extension.certificatePolicies)
            .map(CertificateExtensions::policies)
            .orElse(Set.of()),
        value(extensions, Extension.authorityKeyIdentifier)
            .flatMap(CertificateExtensions::keyIdOfAuthority),
        value(extensions, Extension.subjectKeyIdentifier)
            .map(value -> Octets.of(ASN1OctetString.getInstance(value).getOctets())));
  }

  boolean hasUnreadCritical() {
    return !READ_WHEN_CRITICAL.containsAll(critical);
  }

  boolean isCritical(ASN1ObjectIdentifier extension) {
    return critical.contains(extension.getId());
  }

  private static Optional<ASN1Primitive> value(
      Extensions extensions, ASN1ObjectIdentifier identifier) {
    return Optional.ofNullable(extensions.getExtension(identifier))
        .map(extension ->
            Der.read(extension.getExtnValue().getOctets())
                .orElseThrow(
                    () -> new IllegalArgumentException("Extension " + identifier + " is broken")));
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

  private static Optional<Octets> keyIdOfAuthority(ASN1Primitive value) {
    return Optional.ofNullable(AuthorityKeyIdentifier.getInstance(value).getKeyIdentifierOctets())
        .map(Octets::of);
  }

  private static Set<String> identifiers(ASN1ObjectIdentifier[] identifiers) {
    return List.of(identifiers).stream()
        .map(ASN1ObjectIdentifier::getId)
        .collect(Collectors.toUnmodifiableSet());
  }
}
