package jp.kazashi.simulator.ocsp;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.CertificateNumber;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.IssuerIndex;
import jp.kazashi.simulator.pki.IssuerIndex.Hash;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.Req;

/**
 * Answers for every authority of the simulated JPKI, signed by that authority's delegate. Expired
 * serials are kept for ever and the answer says so (archive cut-off, RFC 6960 §4.4.4), so that
 * grace can be judged.
 */
public final class OcspResponder {
  static final Duration NEXT_UPDATE = Duration.ofMinutes(10);
  private static final int MOST_QUESTIONS = 16;
  // RFC 9654 §2.1.
  private static final int MOST_NONCE_OCTETS = 128;

  private final SimulatedJpki jpki;
  private final IssuerIndex issuers;
  private final SignedAnswers signedAnswers = new SignedAnswers();

  public OcspResponder(SimulatedJpki jpki) {
    this.jpki = jpki;
    this.issuers = new IssuerIndex(jpki);
  }

  /** What is said to one request at an instant of the world: always an answer, whatever came. */
  public sealed interface Answer {
    /** An answer that only needs the delegate's signature. */
    record Signable(OcspDraft draft, CertificateAuthority authority) implements Answer {}

    /** An answer without content. */
    record Failure(int status) implements Answer {}
  }

  public byte[] respond(byte[] request, Instant at) {
    return ready(request, at).orElseGet(() -> sign(request, at));
  }

  /**
   * An answer that was signed a moment ago and is as good for this request: there is none where a
   * nonce asks for a fresh one.
   */
  public Optional<byte[]> ready(byte[] request, Instant at) {
    return signedAnswers.find(request, at, jpki.changes());
  }

  /** Signs every answer anew from now on. */
  public void forget() {
    signedAnswers.clear();
  }

  private byte[] sign(byte[] request, Instant at) {
    long changes = jpki.changes();
    return switch (answer(request, at)) {
      case Answer.Signable(var draft, var authority) -> {
        byte[] signed = draft.signedBy(authority.responderKey());
        if (draft.isReusable()) {
          signedAnswers.keep(request, signed, at, changes);
        }
        yield signed;
      }
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
    // One answer has one signer, so all must be asked of one authority.
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
      CertificateNumber number =
          new CertificateNumber(issuer, question.getSerialNumber().getValue());
      draft.about(question, jpki.status(number, at));
    }
    nonce.ifPresent(draft::nonce);
    return new Answer.Signable(draft, authority);
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
    return Hash.identified(question.getHashAlgorithm().getAlgorithm().getId())
        .flatMap(hash ->
            issuers.find(
                hash,
                question.getIssuerNameHash().getOctets(),
                question.getIssuerKeyHash().getOctets()));
  }
}
