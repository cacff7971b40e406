package jp.kazashi.simulator.ocsp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.CertificateNumber;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.SerialStatus;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.Req;

/**
 * Answers for every generation of the simulated authority, signed by that generation's delegate.
 * Expired serials are kept for ever and the answer says so (archive cut-off, RFC 6960 §4.4.4), so
 * that grace can be judged.
 */
public final class OcspResponder {
  private static final Duration NEXT_UPDATE = Duration.ofMinutes(10);
  private static final int MOST_QUESTIONS = 16;
  // RFC 9654 §2.1.
  private static final int MOST_NONCE_OCTETS = 128;
  private static final Map<String, String> HASHES =
      Map.of("1.3.14.3.2.26", "SHA-1", "2.16.840.1.101.3.4.2.1", "SHA-256");

  private final SimulatedJpki jpki;

  public OcspResponder(SimulatedJpki jpki) {
    this.jpki = jpki;
  }

  /** What is said to one request at an instant of the world: always an answer, whatever came. */
  public sealed interface Answer {
    /** An answer that only needs the delegate's signature. */
    record Signable(OcspDraft draft, CertificateAuthority authority) implements Answer {}

    /** An answer without content. */
    record Failure(int status) implements Answer {}
  }

  public byte[] respond(byte[] request, Instant at) {
    return switch (answer(request, at)) {
      case Answer.Signable(var draft, var authority) -> draft.signedBy(authority.responderKey());
      case Answer.Failure(int status) -> OcspDraft.failure(status);
    };
  }

  /** The answer before it is signed. */
  public Answer answer(byte[] request, Instant at) {
    Optional<OCSPReq> read = read(request);
    if (read.isEmpty()) {
      return new Answer.Failure(OCSPResponseStatus.MALFORMED_REQUEST);
    }
    List<CertID> questions =
        Stream.of(read.get().getRequestList())
            .map(Req::getCertID)
            .map(CertificateID::toASN1Primitive)
            .toList();
    // One answer has one signer, so all must be asked of one generation.
    List<Optional<Issuer>> asked = questions.stream().map(this::issuer).distinct().toList();
    if (asked.size() != 1 || asked.getFirst().isEmpty()) {
      return new Answer.Failure(OCSPResponseStatus.UNAUTHORIZED);
    }
    return signable(asked.getFirst().get(), questions, nonce(read.get()), at);
  }

  private Answer signable(
      Issuer issuer, List<CertID> questions, Optional<byte[]> nonce, Instant at) {
    CertificateAuthority authority = jpki.authority(issuer);
    X509Certificate responder = authority.responder();
    OcspDraft draft =
        new OcspDraft(X500Name.getInstance(responder.getSubjectX500Principal().getEncoded()), at)
            .nextUpdate(Optional.of(at.plus(NEXT_UPDATE)))
            // Nothing is ever forgotten: the cut-off is the authority's own first second.
            .archiveCutoff(Optional.of(authority.certificate().getNotBefore().toInstant()))
            .certificates(responder);
    for (CertID question : questions) {
      draft.about(question, status(issuer, question, at));
    }
    nonce.ifPresent(draft::nonce);
    return new Answer.Signable(draft, authority);
  }

  private SerialStatus status(Issuer issuer, CertID question, Instant at) {
    return jpki.status(new CertificateNumber(issuer, question.getSerialNumber().getValue()), at);
  }

  private static Optional<OCSPReq> read(byte[] request) {
    try {
      OCSPReq read = new OCSPReq(request);
      int questions = read.getRequestList().length;
      boolean acceptable =
          questions > 0
              && questions <= MOST_QUESTIONS
              && nonce(read).map(n -> n.length > 0 && n.length <= MOST_NONCE_OCTETS).orElse(true);
      return acceptable ? Optional.of(read) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Whatever a stranger sends is answered with malformedRequest.
      return Optional.empty();
    }
  }

  private static Optional<byte[]> nonce(OCSPReq request) {
    return Optional.ofNullable(request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce))
        .map(Extension::getParsedValue)
        .map(value -> ASN1OctetString.getInstance(value).getOctets());
  }

  private Optional<Issuer> issuer(CertID question) {
    String hash = HASHES.get(question.getHashAlgorithm().getAlgorithm().getId());
    if (hash == null) {
      return Optional.empty();
    }
    return Stream.of(Issuer.values())
        .filter(issuer -> !issuer.isStranger() && jpki.isMade(issuer))
        .filter(issuer -> isIssuer(jpki.authority(issuer), question, hash))
        .findFirst();
  }

  private static boolean isIssuer(CertificateAuthority authority, CertID question, String hash) {
    try {
      MessageDigest digest = MessageDigest.getInstance(hash);
      byte[] name = authority.certificate().getSubjectX500Principal().getEncoded();
      byte[] key =
          SubjectPublicKeyInfo.getInstance(authority.certificate().getPublicKey().getEncoded())
              .getPublicKeyData()
              .getBytes();
      return MessageDigest.isEqual(digest.digest(name), question.getIssuerNameHash().getOctets())
          && MessageDigest.isEqual(digest.digest(key), question.getIssuerKeyHash().getOctets());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + hash, e);
    }
  }
}
