package jp.kazashi.jpki.revocation;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.jpki.Der;
import jp.kazashi.jpki.EncodedTime;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.certificate.SignatureScheme;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed basic answer, read once. Nothing of it is proven.
 *
 * @param signed what the signature covers
 * @param scheme empty when it is not in the table
 */
record OcspResponse(
    Octets signed,
    Octets signature,
    Optional<SignatureScheme> scheme,
    ResponderId responder,
    List<ParsedCertificate> certificates,
    Instant producedAt,
    Optional<Octets> nonce,
    List<Single> singles) {
  // A delegate, and room for a chain that nobody needs.
  private static final int MOST_CERTIFICATES = 4;
  private static final int GOOD = 0;
  private static final int REVOKED = 1;
  private static final int UNKNOWN = 2;

  /** Who says to have signed. */
  sealed interface ResponderId {
    record ByName(Octets name) implements ResponderId {}

    record ByKey(Octets sha1) implements ResponderId {}
  }

  /** One certificate's status. */
  record Single(
      CertId certificate,
      Said said,
      Instant thisUpdate,
      Optional<Instant> nextUpdate,
      Optional<Instant> archiveCutoff) {}

  sealed interface Said {
    record Good() implements Said {}

    record Revoked(RevocationReason reason, Instant since) implements Said {}

    record Unknown() implements Said {}
  }

  /** What the bytes turned out to be. */
  sealed interface Reading {
    record Basic(OcspResponse response) implements Reading {}

    record NotSuccessful() implements Reading {}

    record Malformed() implements Reading {}
  }

  static Reading read(Octets body) {
    Optional<ASN1Primitive> value = Der.read(body.toArray());
    if (value.isEmpty()) {
      return new Reading.Malformed();
    }
    try {
      OCSPResponse response = OCSPResponse.getInstance(value.get());
      return isExactly(response, body.toArray()) ? read(response) : new Reading.Malformed();
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle tells a wrong structure by a whole family of exceptions.
      return new Reading.Malformed();
    }
  }

  private static Reading read(OCSPResponse response) throws IOException {
    if (response.getResponseStatus().getIntValue() != OCSPResponseStatus.SUCCESSFUL) {
      return new Reading.NotSuccessful();
    }
    if (response.getResponseBytes() == null
        || !OCSPObjectIdentifiers.id_pkix_ocsp_basic.equals(
            response.getResponseBytes().getResponseType())) {
      return new Reading.Malformed();
    }
    byte[] bytes = response.getResponseBytes().getResponse().getOctets();
    Optional<ASN1Primitive> value = Der.read(bytes);
    if (value.isEmpty()) {
      return new Reading.Malformed();
    }
    BasicOCSPResponse basic = BasicOCSPResponse.getInstance(value.get());
    return isExactly(basic, bytes)
        ? new Reading.Basic(read(basic, Der.firstElement(bytes)))
        : new Reading.Malformed();
  }

  // What Bouncy Castle forgives must not come back as something else than was sent: every part,
  // signed or not, is the one DER encoding of what was read.
  private static boolean isExactly(ASN1Object read, byte[] sent) throws IOException {
    return Arrays.equals(read.getEncoded(ASN1Encoding.DER), sent);
  }

  private static OcspResponse read(BasicOCSPResponse basic, byte[] signed) throws IOException {
    ResponseData data = basic.getTbsResponseData();
    refuseUnreadCritical(
        data.getResponseExtensions(), Set.of(OCSPObjectIdentifiers.id_pkix_ocsp_nonce));
    return new OcspResponse(
        Octets.of(signed),
        Octets.of(basic.getSignature().getOctets()),
        SignatureScheme.ofSignature(basic.getSignatureAlgorithm()),
        responderId(data.getResponderID()),
        certificates(basic.getCerts()),
        instant(data.getProducedAt()),
        nonce(data.getResponseExtensions()),
        singles(data.getResponses()));
  }

  private static ResponderId responderId(ResponderID id) throws IOException {
    byte[] keyHash = id.getKeyHash();
    return keyHash == null
        ? new ResponderId.ByName(Octets.of(id.getName().getEncoded(ASN1Encoding.DER)))
        : new ResponderId.ByKey(Octets.of(keyHash));
  }

  private static List<ParsedCertificate> certificates(@Nullable ASN1Sequence sequence)
      throws IOException {
    List<ParsedCertificate> certificates = new ArrayList<>();
    if (sequence != null) {
      if (sequence.size() > MOST_CERTIFICATES) {
        throw new IllegalArgumentException("More certificates than an answer needs");
      }
      for (ASN1Encodable element : sequence) {
        ParsedCertificate.parse(Octets.of(element.toASN1Primitive().getEncoded(ASN1Encoding.DER)))
            .ifPresent(certificates::add);
      }
    }
    return List.copyOf(certificates);
  }

  private static Optional<Octets> nonce(@Nullable Extensions extensions) {
    return Der.extension(extensions, OCSPObjectIdentifiers.id_pkix_ocsp_nonce)
        .map(value -> Octets.of(ASN1OctetString.getInstance(value).getOctets()));
  }

  private static List<Single> singles(ASN1Sequence responses) {
    List<Single> singles = new ArrayList<>();
    for (ASN1Encodable element : responses) {
      SingleResponse single = SingleResponse.getInstance(element);
      refuseUnreadCritical(
          single.getSingleExtensions(), Set.of(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff));
      Optional<CertId> certificate = certId(single.getCertID());
      if (certificate.isPresent()) {
        singles.add(single(certificate.get(), single));
      }
    }
    return List.copyOf(singles);
  }

  private static Single single(CertId certificate, SingleResponse single) {
    Optional<ASN1Primitive> cutoff =
        Der.extension(
            single.getSingleExtensions(), OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff);
    return new Single(
        certificate,
        said(single.getCertStatus()),
        instant(single.getThisUpdate()),
        optional(single.getNextUpdate()),
        cutoff.isEmpty()
            ? Optional.empty()
            : optional(ASN1GeneralizedTime.getInstance(cutoff.get())));
  }

  // An identity hashed otherwise cannot be one we asked for.
  private static Optional<CertId> certId(org.bouncycastle.asn1.ocsp.CertID id) {
    BigInteger serial = id.getSerialNumber().getValue();
    return HashAlgorithm.ofOid(id.getHashAlgorithm().getAlgorithm().getId())
        .map(hash ->
            new CertId(
                hash,
                Octets.of(id.getIssuerNameHash().getOctets()),
                Octets.of(id.getIssuerKeyHash().getOctets()),
                serial));
  }

  private static Said said(CertStatus status) {
    return switch (status.getTagNo()) {
      case GOOD -> new Said.Good();
      case REVOKED -> revoked(RevokedInfo.getInstance(status.getStatus()));
      case UNKNOWN -> new Said.Unknown();
      default -> throw new IllegalArgumentException("No such status");
    };
  }

  private static Said revoked(RevokedInfo info) {
    return new Said.Revoked(
        info.getRevocationReason() == null
            ? RevocationReason.UNSPECIFIED
            : RevocationReason.ofCode(info.getRevocationReason().getValue().intValueExact()),
        instant(info.getRevocationTime()));
  }

  private static void refuseUnreadCritical(
      @Nullable Extensions extensions, Set<ASN1ObjectIdentifier> read) {
    if (extensions != null && !read.containsAll(Set.of(extensions.getCriticalExtensionOIDs()))) {
      throw new IllegalArgumentException("A critical extension is not known");
    }
  }

  private static Optional<Instant> optional(@Nullable ASN1GeneralizedTime time) {
    return Optional.ofNullable(time).map(OcspResponse::instant);
  }

  private static Instant instant(ASN1GeneralizedTime time) {
    return EncodedTime.read(time)
        .map(EncodedTime::instant)
        .orElseThrow(() -> new IllegalArgumentException("A time is malformed"));
  }
}
