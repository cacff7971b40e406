package jp.kazashi.simulator.crl;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.CertificateNumber;
import jp.kazashi.simulator.pki.DraftExtensions;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.wire.Garbage;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Publishes as the honest one does, but for one lie. */
public final class CrlLiar {
  /** Of nobody (a number made from a random UUID). */
  private static final ASN1ObjectIdentifier UNKNOWN =
      new ASN1ObjectIdentifier("2.25.196556539987194312349856245628873852187.1");

  // No authority issues a serial this long.
  private static final BigInteger NOBODYS = BigInteger.ONE.shiftLeft(64);

  private final CrlPublisher publisher;
  private final SimulatedJpki jpki;

  public CrlLiar(CrlPublisher publisher, SimulatedJpki jpki) {
    this.publisher = publisher;
    this.jpki = jpki;
  }

  public byte[] publish(Issuer issuer, CrlPublisher.Kind kind, Instant now, CrlLie lie) {
    CertificateAuthority authority = jpki.authority(issuer);
    CrlDraft draft = publisher.draft(issuer, kind, now);
    switch (lie) {
      case CrlLie.NoDer() -> {
        return Garbage.page();
      }
      case CrlLie.HalfOfIt() -> {
        return Garbage.half(draft.signedBy(authority.key()));
      }
      case CrlLie.WrongSigner() -> {
        CertificateAuthority stranger = jpki.authority(Issuer.STRANGER);
        return draft
            .extension(Extension.authorityKeyIdentifier, false, stranger.keyId())
            .signedBy(stranger.key());
      }
      case CrlLie.BadSignature() -> {
        return draft.signedBy(jpki.authority(Issuer.STRANGER).key());
      }
      case CrlLie.Stale(Duration by) -> at(draft, now.minus(by));
      case CrlLie.FromTheFuture(Duration by) -> at(draft, now.plus(by));
      case CrlLie.WithoutNextUpdate() -> draft.nextUpdate(Optional.empty());
      case CrlLie.Forgetful() -> draft = forgetful(issuer, kind, now);
      case CrlLie.Indirect() ->
          draft.extension(
              Extension.issuingDistributionPoint,
              true,
              CrlPublisher.point(authority.distributionPoint(jpki.addresses()), true));
      case CrlLie.OtherPoint() ->
          draft.extension(
              Extension.issuingDistributionPoint, true, CrlPublisher.point(otherPoint(), false));
      case CrlLie.UnknownExtension() -> draft.extension(UNKNOWN, true, DERNull.INSTANCE);
      case CrlLie.UnknownEntryExtension() ->
          draft.entry(NOBODYS, now, DraftExtensions.of(UNKNOWN, true, DERNull.INSTANCE));
      case CrlLie.Crowded(int entries) -> {
        for (int i = 0; i < entries; i++) {
          draft.entry(NOBODYS.add(BigInteger.valueOf(i)), now);
        }
      }
    }
    return draft.signedBy(authority.key());
  }

  private static void at(CrlDraft draft, Instant instant) {
    draft.thisUpdate(instant).nextUpdate(Optional.of(instant.plus(CrlPublisher.PERIOD)));
  }

  private CrlDraft forgetful(Issuer issuer, CrlPublisher.Kind kind, Instant now) {
    return publisher
        .draft(
            issuer,
            kind,
            now,
            serial ->
                jpki.ends(new CertificateNumber(issuer, serial))
                    .map(ends -> !ends.isBefore(now))
                    .orElse(true))
        .withoutExpired();
  }

  private DistributionPointName otherPoint() {
    return new DistributionPointName(
        new GeneralNames(
            new GeneralName(
                GeneralName.uniformResourceIdentifier,
                jpki.addresses().ocsp().resolve("/crl/another.crl").toString())));
  }
}
