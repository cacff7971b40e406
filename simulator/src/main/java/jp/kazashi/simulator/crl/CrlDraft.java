package jp.kazashi.simulator.crl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import jp.kazashi.simulator.pki.CertificateDraft;
import jp.kazashi.simulator.pki.DraftExtensions;
import jp.kazashi.simulator.pki.RsaSignature;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * A revocation list before it is signed. It can be made right, and, for those who must refuse it,
 * wrong in any one place. Entries are kept as octets, so that a million of them fit.
 */
public final class CrlDraft {
  private static final int SEQUENCE = 0x30;
  private static final int VERSION_2 = 1;

  /** ISO 9594-8: since when expired certificates stay on the list. */
  private static final ASN1ObjectIdentifier EXPIRED_CERTS_ON_CRL =
      new ASN1ObjectIdentifier("2.5.29.60");

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final DraftExtensions extensions = new DraftExtensions();
  private X500Name issuer;
  private Instant thisUpdate;
  private Optional<Instant> nextUpdate = Optional.empty();

  public CrlDraft(X500Name issuer, Instant thisUpdate) {
    this.issuer = issuer;
    this.thisUpdate = thisUpdate;
  }

  public CrlDraft issuer(X500Name name) {
    issuer = name;
    return this;
  }

  public CrlDraft thisUpdate(Instant instant) {
    thisUpdate = instant;
    return this;
  }

  public CrlDraft nextUpdate(Optional<Instant> instant) {
    nextUpdate = instant;
    return this;
  }

  /** RFC 5280 §5.3.1: unspecified is said by saying nothing. */
  public CrlDraft entry(BigInteger serial, Instant since, int reason) {
    return reason == 0
        ? entry(serial, since)
        : entry(
            serial,
            since,
            DraftExtensions.of(Extension.reasonCode, false, new ASN1Enumerated(reason)));
  }

  public CrlDraft entry(BigInteger serial, Instant since, Extension... its) {
    ASN1EncodableVector entry = new ASN1EncodableVector();
    entry.add(new ASN1Integer(serial));
    entry.add(CertificateDraft.time(since));
    if (its.length > 0) {
      entry.add(new Extensions(its));
    }
    entries.writeBytes(der(new DERSequence(entry)));
    return this;
  }

  public CrlDraft expiredSince(Instant instant) {
    return extension(EXPIRED_CERTS_ON_CRL, false, new ASN1GeneralizedTime(Date.from(instant)));
  }

  public CrlDraft withoutExpired() {
    extensions.remove(EXPIRED_CERTS_ON_CRL);
    return this;
  }

  /** Adds an extension, in the place of one with the same identifier. */
  public CrlDraft extension(
      ASN1ObjectIdentifier identifier, boolean critical, ASN1Encodable value) {
    extensions.put(identifier, critical, value);
    return this;
  }

  public CrlDraft without(ASN1ObjectIdentifier identifier) {
    extensions.remove(identifier);
    return this;
  }

  /** Signs with RSA and SHA-256. */
  public byte[] signedBy(PrivateKey key) {
    byte[] toBeSigned = toBeSigned();
    return sequence(
        toBeSigned, der(RsaSignature.ALGORITHM), der(RsaSignature.over(toBeSigned, key)));
  }

  private byte[] toBeSigned() {
    Extensions own = extensions.generate();
    return sequence(
        der(new ASN1Integer(VERSION_2)),
        der(RsaSignature.ALGORITHM),
        der(issuer),
        der(CertificateDraft.time(thisUpdate)),
        nextUpdate.map(next -> der(CertificateDraft.time(next))).orElse(new byte[0]),
        // RFC 5280 §5.1.2.6: with nothing revoked, the list itself must be absent.
        entries.size() == 0 ? new byte[0] : sequence(entries.toByteArray()),
        own == null ? new byte[0] : der(new DERTaggedObject(true, 0, own)));
  }

  private static byte[] sequence(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length = Math.addExact(length, part.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(SEQUENCE);
    writeLength(out, length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    byte[] octets = BigInteger.valueOf(length).toByteArray();
    int from = octets[0] == 0 ? 1 : 0;
    out.write(0x80 | octets.length - from);
    out.write(octets, from, octets.length - from);
  }

  private static byte[] der(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail", e);
    }
  }
}
