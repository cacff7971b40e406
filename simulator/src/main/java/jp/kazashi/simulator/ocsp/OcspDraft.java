package jp.kazashi.simulator.ocsp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jp.kazashi.simulator.pki.DraftExtensions;
import jp.kazashi.simulator.pki.RsaSignature;
import jp.kazashi.simulator.pki.SerialStatus;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/**
 * An OCSP answer before it is signed. It can be made right, and, for those who must refuse it,
 * wrong in any one place.
 */
public final class OcspDraft {
  private final List<CertID> questions = new ArrayList<>();
  private final List<SerialStatus> statuses = new ArrayList<>();
  private final List<X509Certificate> certificates = new ArrayList<>();
  private final DraftExtensions extensions = new DraftExtensions();
  private ResponderID responder;
  private Instant producedAt;
  private Instant thisUpdate;
  private Optional<Instant> nextUpdate = Optional.empty();
  private Optional<Instant> archiveCutoff = Optional.empty();

  public OcspDraft(X500Name responder, Instant at) {
    this.responder = new ResponderID(responder);
    this.producedAt = at;
    this.thisUpdate = at;
  }

  public OcspDraft about(CertID question, SerialStatus status) {
    questions.add(question);
    statuses.add(status);
    return this;
  }

  /** Speaks of another certificate in the place of every one asked about. */
  public OcspDraft insteadAbout(CertID other) {
    questions.replaceAll(_ -> other);
    return this;
  }

  /** Speaks of another certificate in the place of each one asked about. */
  public OcspDraft insteadAbout(UnaryOperator<CertID> other) {
    questions.replaceAll(other);
    return this;
  }

  public OcspDraft saying(SerialStatus status) {
    statuses.replaceAll(_ -> status);
    return this;
  }

  public OcspDraft responder(ResponderID id) {
    responder = id;
    return this;
  }

  public OcspDraft certificates(X509Certificate... chain) {
    certificates.clear();
    certificates.addAll(List.of(chain));
    return this;
  }

  public OcspDraft producedAt(Instant instant) {
    producedAt = instant;
    return this;
  }

  public OcspDraft thisUpdate(Instant instant) {
    thisUpdate = instant;
    return this;
  }

  public OcspDraft nextUpdate(Optional<Instant> instant) {
    nextUpdate = instant;
    return this;
  }

  /** From when on serials are kept after their certificates end (RFC 6960 §4.4.4). */
  public OcspDraft archiveCutoff(Optional<Instant> instant) {
    archiveCutoff = instant;
    return this;
  }

  public OcspDraft nonce(byte[] nonce) {
    return extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(nonce));
  }

  public OcspDraft withoutNonce() {
    extensions.remove(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    return this;
  }

  /** Adds an extension, in the place of one with the same identifier. */
  public OcspDraft extension(
      ASN1ObjectIdentifier identifier, boolean critical, ASN1Encodable value) {
    extensions.put(identifier, critical, value);
    return this;
  }

  /** Whether it holds for the next who asks: no nonce, and no serial that may yet be issued. */
  boolean isReusable() {
    return !extensions.has(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)
        && statuses.stream().noneMatch(SerialStatus.NeverIssued.class::isInstance);
  }

  /** Signs with RSA and SHA-256. */
  public byte[] signedBy(PrivateKey key) {
    try {
      ResponseData data = data();
      BasicOCSPResponse basic =
          new BasicOCSPResponse(
              data,
              RsaSignature.ALGORITHM,
              RsaSignature.over(data.getEncoded(ASN1Encoding.DER), key),
              chain());
      return new OCSPResponse(
              new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL),
              new ResponseBytes(
                  OCSPObjectIdentifiers.id_pkix_ocsp_basic,
                  new DEROctetString(basic.getEncoded(ASN1Encoding.DER))))
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("The answer cannot be signed", e);
    }
  }

  /** An answer without content: tryLater, unauthorized and the like (RFC 6960 §2.3). */
  public static byte[] failure(int status) {
    try {
      return new OCSPResponse(new OCSPResponseStatus(status), null).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail", e);
    }
  }

  private ResponseData data() {
    ASN1EncodableVector singles = new ASN1EncodableVector();
    for (int i = 0; i < questions.size(); i++) {
      singles.add(
          new SingleResponse(
              questions.get(i),
              status(statuses.get(i)),
              time(thisUpdate),
              nextUpdate.map(OcspDraft::time).orElse(null),
              singleExtensions()));
    }
    return new ResponseData(
        responder, time(producedAt), new DERSequence(singles), extensions.generate());
  }

  private static CertStatus status(SerialStatus status) {
    return switch (status) {
      case SerialStatus.Good() -> new CertStatus();
      case SerialStatus.Revoked(var revocation) ->
          new CertStatus(
              new RevokedInfo(
                  time(revocation.since()),
                  CRLReason.getInstance(new ASN1Enumerated(revocation.reason().code()))));
      case SerialStatus.NeverIssued() -> new CertStatus(2, DERNull.INSTANCE);
    };
  }

  private @Nullable Extensions singleExtensions() {
    if (archiveCutoff.isEmpty()) {
      return null;
    }
    return new Extensions(
        DraftExtensions.of(
            OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff, false, time(archiveCutoff.get())));
  }

  private DERSequence chain() throws GeneralSecurityException {
    ASN1EncodableVector chain = new ASN1EncodableVector();
    for (X509Certificate certificate : certificates) {
      chain.add(Certificate.getInstance(certificate.getEncoded()));
    }
    return new DERSequence(chain);
  }

  private static ASN1GeneralizedTime time(Instant instant) {
    return new ASN1GeneralizedTime(Date.from(instant.truncatedTo(ChronoUnit.SECONDS)));
  }
}
