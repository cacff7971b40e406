package jp.kazashi.simulator.ocsp;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import jp.kazashi.simulator.ocsp.OcspResponder.Answer;
import jp.kazashi.simulator.pki.CertificateAuthority;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.SerialStatus;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.wire.Garbage;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** Answers as the honest responder does, but for one lie. */
public final class OcspLiar {
  private static final int NONCE_OCTETS = 32;

  private final OcspResponder responder;
  private final SimulatedJpki jpki;
  private final SecureRandom random;

  public OcspLiar(OcspResponder responder, SimulatedJpki jpki, SecureRandom random) {
    this.responder = responder;
    this.jpki = jpki;
    this.random = random;
  }

  public byte[] respond(byte[] request, Instant at, OcspLie lie) {
    return switch (lie) {
      case OcspLie.Failure(int status) -> OcspDraft.failure(status);
      case OcspLie.NoDer() -> Garbage.page();
      case OcspLie.HalfOfIt() -> Garbage.half(responder.respond(request, at));
      case OcspLie.WrongSigner _,
          OcspLie.BadSignature _,
          OcspLie.WrongCertId _,
          OcspLie.WithoutNonce _,
          OcspLie.OtherNonce _,
          OcspLie.Stale _,
          OcspLie.FromTheFuture _,
          OcspLie.WithoutNextUpdate _,
          OcspLie.WithoutArchiveCutoff _,
          OcspLie.SaysUnknown _ ->
          switch (responder.answer(request, at)) {
            case Answer.Failure(int status) -> OcspDraft.failure(status);
            case Answer.Signable(var draft, var authority) -> signed(draft, authority, at, lie);
          };
    };
  }

  private byte[] signed(OcspDraft draft, CertificateAuthority authority, Instant at, OcspLie lie) {
    switch (lie) {
      case OcspLie.WrongSigner() -> {
        CertificateAuthority stranger = jpki.authority(Issuer.STRANGER);
        return draft.certificates(stranger.responder()).signedBy(stranger.responderKey());
      }
      case OcspLie.BadSignature() -> {
        return draft.signedBy(jpki.authority(Issuer.STRANGER).responderKey());
      }
      case OcspLie.WrongCertId(OcspLie.Part part) ->
          draft.insteadAbout(question -> other(question, part));
      case OcspLie.WithoutNonce() -> draft.withoutNonce();
      case OcspLie.OtherNonce() -> draft.nonce(otherNonce());
      case OcspLie.Stale(Duration by) -> at(draft, at.minus(by));
      case OcspLie.FromTheFuture(Duration by) -> at(draft, at.plus(by));
      case OcspLie.WithoutNextUpdate() -> draft.nextUpdate(Optional.empty());
      case OcspLie.WithoutArchiveCutoff() -> draft.archiveCutoff(Optional.empty());
      case OcspLie.SaysUnknown() -> draft.saying(new SerialStatus.NeverIssued());
      case OcspLie.Failure _, OcspLie.NoDer _, OcspLie.HalfOfIt _ ->
          throw new IllegalArgumentException("Nothing of it is signed");
    }
    return draft.signedBy(authority.responderKey());
  }

  private static void at(OcspDraft draft, Instant instant) {
    draft
        .producedAt(instant)
        .thisUpdate(instant)
        .nextUpdate(Optional.of(instant.plus(OcspResponder.NEXT_UPDATE)));
  }

  private static CertID other(CertID question, OcspLie.Part part) {
    AlgorithmIdentifier algorithm = question.getHashAlgorithm();
    ASN1OctetString name = question.getIssuerNameHash();
    ASN1OctetString key = question.getIssuerKeyHash();
    ASN1Integer serial = question.getSerialNumber();
    return switch (part) {
      case SERIAL ->
          new CertID(
              algorithm, name, key, new ASN1Integer(serial.getValue().add(serial.getValue())));
      case ISSUER_NAME -> new CertID(algorithm, turned(name), key, serial);
      case ISSUER_KEY -> new CertID(algorithm, name, turned(key), serial);
      case ALGORITHM -> new CertID(otherThan(algorithm), name, key, serial);
      case LENGTH -> new CertID(algorithm, shortened(name), shortened(key), serial);
    };
  }

  private static AlgorithmIdentifier otherThan(AlgorithmIdentifier algorithm) {
    return new AlgorithmIdentifier(
        algorithm.getAlgorithm().equals(OIWObjectIdentifiers.idSHA1)
            ? NISTObjectIdentifiers.id_sha256
            : OIWObjectIdentifiers.idSHA1);
  }

  private static ASN1OctetString turned(ASN1OctetString hash) {
    byte[] octets = hash.getOctets().clone();
    octets[0] ^= 1;
    return new DEROctetString(octets);
  }

  private static ASN1OctetString shortened(ASN1OctetString hash) {
    return new DEROctetString(Arrays.copyOf(hash.getOctets(), hash.getOctetsLength() - 1));
  }

  private byte[] otherNonce() {
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    return nonce;
  }
}
