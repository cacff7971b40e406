package jp.kazashi.jpki.revocation;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.jpki.Der;
import jp.kazashi.jpki.EncodedTime;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.PublicationPoint;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;

/**
 * What a revocation list says of itself (RFC 5280 §5.2).
 *
 * @param deltaOf the number of the list this one changes; empty for a complete one
 * @param scope what it covers; empty when it covers all that its issuer issued
 * @param keepsExpiredSince from when on it keeps expired certificates (X.509 §9.5.2.8)
 * @param unreadCritical whether a critical extension is not known: then it decides nothing
 */
record ListExtensions(
    Optional<BigInteger> number,
    Optional<BigInteger> deltaOf,
    Optional<Scope> scope,
    Optional<Octets> authorityKeyId,
    Optional<Instant> keepsExpiredSince,
    boolean unreadCritical) {
  private static final ASN1ObjectIdentifier EXPIRED_CERTS_ON_CRL =
      new ASN1ObjectIdentifier("2.5.29.60");
  private static final Set<ASN1ObjectIdentifier> READ_WHEN_CRITICAL =
      Set.of(
          Extension.authorityKeyIdentifier,
          Extension.cRLNumber,
          Extension.deltaCRLIndicator,
          Extension.issuingDistributionPoint,
          EXPIRED_CERTS_ON_CRL);

  /** issuingDistributionPoint (§5.2.5). */
  record Scope(
      PublicationPoint point,
      boolean holdersOnly,
      boolean authoritiesOnly,
      boolean attributeCertificatesOnly,
      boolean indirect) {
    static Scope read(ASN1Primitive value) {
      IssuingDistributionPoint read = IssuingDistributionPoint.getInstance(value);
      return new Scope(
          PublicationPoint.of(read.getDistributionPoint(), List.of(), read.getOnlySomeReasons()),
          read.onlyContainsUserCerts(),
          read.onlyContainsCACerts(),
          read.onlyContainsAttributeCerts(),
          read.isIndirectCRL());
    }
  }

  static ListExtensions read(@Nullable Extensions extensions) {
    return new ListExtensions(
        Der.extension(extensions, Extension.cRLNumber).map(ListExtensions::number),
        Der.extension(extensions, Extension.deltaCRLIndicator).map(ListExtensions::number),
        Der.extension(extensions, Extension.issuingDistributionPoint).map(Scope::read),
        Der.extension(extensions, Extension.authorityKeyIdentifier)
            .flatMap(value ->
                Optional.ofNullable(
                    AuthorityKeyIdentifier.getInstance(value).getKeyIdentifierOctets()))
            .map(Octets::of),
        Der.extension(extensions, EXPIRED_CERTS_ON_CRL).map(ListExtensions::instant),
        extensions != null
            && !READ_WHEN_CRITICAL.containsAll(Set.of(extensions.getCriticalExtensionOIDs())));
  }

  boolean isDelta() {
    return deltaOf.isPresent();
  }

  boolean isIndirect() {
    return scope.map(Scope::indirect).orElse(false);
  }

  private static BigInteger number(ASN1Primitive value) {
    return ASN1Integer.getInstance(value).getValue();
  }

  private static Instant instant(ASN1Primitive value) {
    return Optional.of(value)
        .filter(ASN1GeneralizedTime.class::isInstance)
        .flatMap(EncodedTime::read)
        .map(EncodedTime::instant)
        .orElseThrow(() -> new IllegalArgumentException("A time is malformed"));
  }
}
