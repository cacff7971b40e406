package jp.kazashi.jpki.revocation;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/** The question about one certificate (RFC 6960 §4.1), with a nonce its answer must repeat. */
public record OcspQuestion(CertId certificate, Optional<Octets> nonce) {
  /** RFC 9654 §2.1: 32 octets are enough for everybody and accepted by everybody. */
  public static final int NONCE_OCTETS = 32;

  public OcspQuestion {
    requireNonNull(certificate, "certificate");
    if (nonce.isPresent() && nonce.get().length() != NONCE_OCTETS) {
      throw new IllegalArgumentException("A nonce has " + NONCE_OCTETS + " octets");
    }
  }

  public OcspQuestion(CertId certificate, byte[] nonce) {
    this(certificate, Optional.of(Octets.of(nonce)));
  }

  /** The request body, for {@code application/ocsp-request}. */
  public byte[] bytes() {
    try {
      TBSRequest request =
          new TBSRequest(null, new DERSequence(new Request(certId(), null)), nonceExtension());
      return new OCSPRequest(request, null).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail", e);
    }
  }

  private org.bouncycastle.asn1.ocsp.CertID certId() {
    HashAlgorithm hash = certificate.hash();
    return new org.bouncycastle.asn1.ocsp.CertID(
        new AlgorithmIdentifier(new ASN1ObjectIdentifier(hash.oid()), DERNull.INSTANCE),
        new DEROctetString(certificate.issuerNameHash().toArray()),
        new DEROctetString(certificate.issuerKeyHash().toArray()),
        new ASN1Integer(certificate.serial()));
  }

  private @Nullable Extensions nonceExtension() throws IOException {
    if (nonce.isEmpty()) {
      return null;
    }
    return new Extensions(
        new Extension(
            OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
            false,
            new DEROctetString(nonce.get().toArray()).getEncoded(ASN1Encoding.DER)));
  }
}
