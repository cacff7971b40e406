package jp.kazashi.simulator.tsa;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.simulator.pki.KeyPairs;
import jp.kazashi.simulator.pki.TimeStampAuthority;
import jp.kazashi.simulator.wire.Garbage;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** Stamps hashes with the time of the world, well or with one lie. */
public final class TimeStamper {
  /** Of nobody (a number made from a random UUID). */
  private static final ASN1ObjectIdentifier POLICY =
      new ASN1ObjectIdentifier("2.25.196556539987194312349856245628873852187.2");

  private static final Set<String> HASHES =
      Set.of(
          NISTObjectIdentifiers.id_sha256.getId(),
          NISTObjectIdentifiers.id_sha384.getId(),
          NISTObjectIdentifiers.id_sha512.getId());
  private static final int SERIAL_BITS = 127;

  private final TimeStampAuthority authority;
  private final SecureRandom random;

  public TimeStamper(TimeStampAuthority authority, SecureRandom random) {
    this.authority = authority;
    this.random = random;
  }

  /** Always an answer, whatever came. */
  public byte[] respond(byte[] request, Instant at) {
    return read(request)
        .map(read -> encoded(stamp(authority, read, at)))
        .orElseGet(() -> encoded(failure(PKIFailureInfo.badDataFormat, "no request")));
  }

  public byte[] respond(byte[] request, Instant at, TsaLie lie) {
    Optional<TimeStampRequest> read = read(request);
    return read.isEmpty() ? respond(request, at) : respond(read.get(), at, lie);
  }

  private byte[] respond(TimeStampRequest request, Instant at, TsaLie lie) {
    return switch (lie) {
      case TsaLie.WrongSigner() -> encoded(stamp(authority.stranger(random), request, at));
      case TsaLie.BadSignature() ->
          encoded(
              stamp(
                  new TimeStampAuthority(
                      authority.anchor(),
                      authority.authority(),
                      authority.certificate(),
                      KeyPairs.p384(random).getPrivate()),
                  request,
                  at));
      case TsaLie.OtherImprint() ->
          encoded(
              stamp(authority, asked(request, turned(request), request.getNonce() != null), at));
      case TsaLie.WithoutNonce() ->
          encoded(stamp(authority, asked(request, request.getMessageImprintDigest(), false), at));
      case TsaLie.OtherNonce() ->
          encoded(stamp(authority, askedAnew(request, request.getMessageImprintDigest()), at));
      case TsaLie.Behind(Duration by) -> encoded(stamp(authority, request, at.minus(by)));
      case TsaLie.Ahead(Duration by) -> encoded(stamp(authority, request, at.plus(by)));
      case TsaLie.Refuses() -> encoded(failure(PKIFailureInfo.timeNotAvailable, "no trusted time"));
      case TsaLie.NoDer() -> Garbage.page();
      case TsaLie.HalfOfIt() -> Garbage.half(encoded(stamp(authority, request, at)));
    };
  }

  private TimeStampResponse stamp(TimeStampAuthority signer, TimeStampRequest request, Instant at) {
    try {
      return new TimeStampResponseGenerator(
              tokens(signer), HASHES, Set.of(POLICY.getId()), Set.of())
          .generate(request, new BigInteger(SERIAL_BITS, random), Date.from(at));
    } catch (TSPException e) {
      throw new IllegalStateException("Time stamps can be encoded", e);
    }
  }

  private static TimeStampTokenGenerator tokens(TimeStampAuthority signer) throws TSPException {
    try {
      DigestCalculator digest =
          new JcaDigestCalculatorProviderBuilder()
              .build()
              .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
      TimeStampTokenGenerator tokens =
          new TimeStampTokenGenerator(
              new JcaSimpleSignerInfoGeneratorBuilder()
                  .build("SHA384withECDSA", signer.key(), signer.certificate()),
              digest,
              POLICY);
      tokens.addCertificates(new JcaCertStore(List.of(signer.certificate())));
      tokens.setAccuracySeconds(1);
      return tokens;
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform can sign with P-384", e);
    }
  }

  private static TimeStampResponse failure(int info, String words) {
    try {
      return new TimeStampResponseGenerator(null, HASHES)
          .generateFailResponse(PKIStatus.REJECTION, info, words);
    } catch (TSPException e) {
      throw new IllegalStateException("A refusal can be encoded", e);
    }
  }

  private static Optional<TimeStampRequest> read(byte[] request) {
    try {
      return Optional.of(new TimeStampRequest(request));
    } catch (IOException | RuntimeException e) {
      // Whatever a stranger sends is answered with badDataFormat.
      return Optional.empty();
    }
  }

  private static byte[] encoded(TimeStampResponse response) {
    try {
      return response.getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail", e);
    }
  }

  private static TimeStampRequest asked(TimeStampRequest like, byte[] imprint, boolean nonce) {
    TimeStampRequestGenerator request = new TimeStampRequestGenerator();
    request.setCertReq(like.getCertReq());
    return nonce
        ? request.generate(like.getMessageImprintAlgOID(), imprint, like.getNonce())
        : request.generate(like.getMessageImprintAlgOID(), imprint);
  }

  private TimeStampRequest askedAnew(TimeStampRequest like, byte[] imprint) {
    TimeStampRequestGenerator request = new TimeStampRequestGenerator();
    request.setCertReq(like.getCertReq());
    return request.generate(
        like.getMessageImprintAlgOID(), imprint, new BigInteger(SERIAL_BITS, random));
  }

  private static byte[] turned(TimeStampRequest request) {
    byte[] imprint = request.getMessageImprintDigest().clone();
    imprint[0] ^= 1;
    return imprint;
  }
}
