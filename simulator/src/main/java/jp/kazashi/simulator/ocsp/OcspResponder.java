package jp.kazashi.simulator.ocsp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.Generation;
import jp.kazashi.simulator.pki.SerialStatus;
import jp.kazashi.simulator.pki.SimulatedJpki;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Answers for the simulated JPKI as RFC 6960 has it, signed by the responder that the certificate's
 * own generation delegated. Serials that have expired are still answered for (archive cut-off), so
 * that grace can be judged.
 */
public final class OcspResponder {
  private static final Duration GOOD_FOR = Duration.ofMinutes(10);
  private static final int ARCHIVE_YEARS = 10;

  private final SimulatedJpki jpki;

  public OcspResponder(SimulatedJpki jpki) {
    this.jpki = jpki;
  }

  public byte[] respond(byte[] request, Instant at) {
    try {
      return answer(new OCSPReq(request), at).getEncoded();
    } catch (IOException e) {
      return failure(OCSPRespBuilder.MALFORMED_REQUEST);
    } catch (OCSPException | OperatorCreationException | GeneralSecurityException e) {
      return failure(OCSPRespBuilder.INTERNAL_ERROR);
    }
  }

  private OCSPResp answer(OCSPReq request, Instant at)
      throws OCSPException, OperatorCreationException, GeneralSecurityException, IOException {
    Req[] asked = request.getRequestList();
    Optional<Generation> issuer =
        asked.length == 0 ? Optional.empty() : issuerOf(asked[0].getCertID());
    if (asked.length == 0) {
      return new OCSPRespBuilder().build(OCSPRespBuilder.MALFORMED_REQUEST, null);
    }
    if (issuer.isEmpty()) {
      return new OCSPRespBuilder().build(OCSPRespBuilder.UNAUTHORIZED, null);
    }
    return signed(request, jpki.authority(issuer.get()), at);
  }

  private OCSPResp signed(OCSPReq request, CertificateAuthority authority, Instant at)
      throws OCSPException, OperatorCreationException, GeneralSecurityException, IOException {
    X509Certificate responder = authority.responder();
    var answer =
        new BasicOCSPRespBuilder(new RespID(new JcaX509CertificateHolder(responder).getSubject()));
    for (Req each : request.getRequestList()) {
      answer.addResponse(
          each.getCertID(),
          statusOf(each.getCertID(), at),
          Date.from(at),
          Date.from(at.plus(GOOD_FOR)),
          archiveCutOff(at));
    }
    nonceOf(request).ifPresent(answer::setResponseExtensions);
    var signer = new JcaContentSignerBuilder("SHA256withRSA").build(authority.responderKey());
    X509CertificateHolder[] chain = {new JcaX509CertificateHolder(responder)};
    return new OCSPRespBuilder()
        .build(OCSPRespBuilder.SUCCESSFUL, answer.build(signer, chain, Date.from(at)));
  }

  private CertificateStatus statusOf(CertificateID id, Instant at)
      throws OCSPException, OperatorCreationException, GeneralSecurityException {
    Optional<Generation> issuer = issuerOf(id);
    if (issuer.isEmpty()) {
      return new UnknownStatus();
    }
    return switch (jpki.status(issuer.get(), id.getSerialNumber())) {
      case SerialStatus.Good() -> CertificateStatus.GOOD;
      case SerialStatus.Revoked(var revocation) ->
          revocation.since().isAfter(at)
              ? CertificateStatus.GOOD
              : new RevokedStatus(Date.from(revocation.since()), revocation.reason().code());
      case SerialStatus.NeverIssued() -> new UnknownStatus();
    };
  }

  private Optional<Generation> issuerOf(CertificateID id)
      throws OCSPException, OperatorCreationException, GeneralSecurityException {
    var digests = new JcaDigestCalculatorProviderBuilder().build();
    for (Generation generation : Generation.values()) {
      var issuer = new JcaX509CertificateHolder(jpki.authority(generation).certificate());
      if (id.matchesIssuer(issuer, digests)) {
        return Optional.of(generation);
      }
    }
    return Optional.empty();
  }

  private static Optional<Extensions> nonceOf(OCSPReq request) {
    return Stream.ofNullable(request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce))
        .map((Extension nonce) -> new Extensions(nonce))
        .findFirst();
  }

  private static Extensions archiveCutOff(Instant at) throws IOException {
    Instant since = at.minus(Duration.ofDays(366L * ARCHIVE_YEARS));
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(
        OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff,
        false,
        new ASN1GeneralizedTime(Date.from(since)));
    return extensions.generate();
  }

  private static byte[] failure(int status) {
    try {
      return new OCSPRespBuilder().build(status, null).getEncoded();
    } catch (OCSPException | IOException e) {
      throw new IllegalStateException("An answer without content can be encoded", e);
    }
  }
}
