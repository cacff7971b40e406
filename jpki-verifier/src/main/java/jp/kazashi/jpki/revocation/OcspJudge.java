package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.revocation.UnavailableCause.EXPIRED_NOT_COVERED;
import static jp.kazashi.jpki.revocation.UnavailableCause.FROM_THE_FUTURE;
import static jp.kazashi.jpki.revocation.UnavailableCause.MALFORMED;
import static jp.kazashi.jpki.revocation.UnavailableCause.NONCE_DIFFERS;
import static jp.kazashi.jpki.revocation.UnavailableCause.NONCE_MISSING;
import static jp.kazashi.jpki.revocation.UnavailableCause.NOT_SUCCESSFUL;
import static jp.kazashi.jpki.revocation.UnavailableCause.OTHER_CERTIFICATE;
import static jp.kazashi.jpki.revocation.UnavailableCause.RESPONDER_NOT_AUTHORIZED;
import static jp.kazashi.jpki.revocation.UnavailableCause.SIGNATURE_INVALID;
import static jp.kazashi.jpki.revocation.UnavailableCause.STALE;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.certificate.Authority;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.certificate.ResponderCheck;
import jp.kazashi.jpki.revocation.OcspResponse.Reading;
import jp.kazashi.jpki.revocation.OcspResponse.ResponderId;
import jp.kazashi.jpki.revocation.OcspResponse.Said;
import jp.kazashi.jpki.revocation.OcspResponse.Single;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Revoked;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import jp.kazashi.jpki.revocation.RevocationStatus.UnknownToIssuer;

/** Judges one OCSP answer about one certificate by the acceptance list of RFC 6960 §3.2. */
public final class OcspJudge {
  private final Freshness freshness;
  private final ResponderRules rules;

  public OcspJudge(Freshness freshness, ResponderRules rules) {
    this.freshness = freshness;
    this.rules = rules;
  }

  public RevocationStatus judge(OcspAnswer answer, Link link, Instant at) {
    return switch (OcspResponse.read(answer.body())) {
      case Reading.Malformed() -> new Unavailable(MALFORMED);
      case Reading.NotSuccessful() -> new Unavailable(NOT_SUCCESSFUL);
      case Reading.Basic(OcspResponse response) -> judge(answer, response, link, at);
    };
  }

  private RevocationStatus judge(OcspAnswer answer, OcspResponse response, Link link, Instant at) {
    // 1. The certificate in the answer is the one asked about.
    List<Single> about = about(link, response);
    if (about.isEmpty()) {
      return new Unavailable(OTHER_CERTIFICATE);
    }
    // 3. and 4. The signer is the one meant, and may answer for this issuer.
    Optional<PublicKey> signer = signer(answer, response, link.issuer());
    if (signer.isEmpty()) {
      return new Unavailable(RESPONDER_NOT_AUTHORIZED);
    }
    // 2. The signature is valid.
    if (!isSignedBy(signer.get(), response)) {
      return new Unavailable(SIGNATURE_INVALID);
    }
    // Design rule 4: what proves a revocation is never too old, nor meant for another question.
    Optional<RevocationStatus> revoked =
        about.stream().flatMap(single -> revoked(single).stream()).findFirst();
    if (revoked.isPresent()) {
      return revoked.get();
    }
    Optional<UnavailableCause> otherQuestion = nonce(answer, response);
    if (otherQuestion.isPresent()) {
      return new Unavailable(otherQuestion.get());
    }
    return about.stream()
        .map(single -> status(single, response, link, at))
        .reduce(RevocationStatus::weightier)
        .orElseThrow();
  }

  private static List<Single> about(Link link, OcspResponse response) {
    return response.singles().stream()
        .filter(single -> single.certificate().equals(link.id(single.certificate().hash())))
        .toList();
  }

  // §4.2.2.2: one known by configuration, the issuer itself, or one the issuer delegated.
  private Optional<PublicKey> signer(
      OcspAnswer answer, OcspResponse response, Authority authority) {
    Optional<PublicKey> designated =
        rules
            .designatedFor(answer.source())
            .filter(responder -> isNamed(response.responder(), responder))
            .flatMap(responder -> ResponderCheck.designated(responder, response.producedAt()));
    if (designated.isPresent()) {
      return designated;
    }
    if (isNamed(response.responder(), authority)) {
      return Optional.of(authority.key());
    }
    return response.certificates().stream()
        .filter(certificate -> isNamed(response.responder(), certificate))
        .flatMap(certificate ->
            ResponderCheck.delegate(certificate, authority, response.producedAt()).stream())
        .findFirst();
  }

  private static boolean isNamed(ResponderId responder, Authority authority) {
    return switch (responder) {
      case ResponderId.ByName(var name) -> authority.name().der().equals(name);
      case ResponderId.ByKey(var sha1) -> authority.keyHash(HashAlgorithm.SHA1).equals(sha1);
    };
  }

  private static boolean isNamed(ResponderId responder, ParsedCertificate certificate) {
    return switch (responder) {
      case ResponderId.ByName(var name) -> ResponderCheck.isNamed(certificate, name);
      case ResponderId.ByKey(var sha1) -> ResponderCheck.hasKey(certificate, sha1);
    };
  }

  private static boolean isSignedBy(PublicKey signer, OcspResponse response) {
    return response
        .scheme()
        .map(scheme ->
            scheme.verifies(signer, response.signed().toArray(), response.signature().toArray()))
        .orElse(false);
  }

  private static Optional<RevocationStatus> revoked(Single single) {
    return switch (single.said()) {
      case Said.Revoked(var reason, var since) -> Optional.of(new Revoked(reason, since));
      case Said.Good() -> Optional.empty();
      case Said.Unknown() -> Optional.empty();
    };
  }

  private Optional<UnavailableCause> nonce(OcspAnswer answer, OcspResponse response) {
    if (response.nonce().isEmpty()) {
      return rules.nonceExempt().contains(answer.source())
          ? Optional.empty()
          : Optional.of(NONCE_MISSING);
    }
    return response.nonce().equals(answer.nonce()) ? Optional.empty() : Optional.of(NONCE_DIFFERS);
  }

  private RevocationStatus status(Single single, OcspResponse response, Link link, Instant at) {
    Optional<UnavailableCause> untimely = untimely(single, response, at);
    if (untimely.isPresent()) {
      return new Unavailable(untimely.get());
    }
    return switch (single.said()) {
      case Said.Good() ->
          link.isCovered(single.thisUpdate(), single.archiveCutoff())
              ? new Good()
              : new Unavailable(EXPIRED_NOT_COVERED);
      case Said.Unknown() -> new UnknownToIssuer();
      case Said.Revoked(var reason, var since) -> new Revoked(reason, since);
    };
  }

  // 5. thisUpdate is recent enough. 6. nextUpdate, when there, is still to come.
  private Optional<UnavailableCause> untimely(Single single, OcspResponse response, Instant at) {
    if (freshness.isFuture(single.thisUpdate(), at)
        || freshness.isFuture(response.producedAt(), at)) {
      return Optional.of(FROM_THE_FUTURE);
    }
    boolean stale =
        freshness.isOld(single.thisUpdate(), at)
            || freshness.isOld(response.producedAt(), at)
            || single.nextUpdate().map(next -> freshness.isOver(next, at)).orElse(false);
    return stale ? Optional.of(STALE) : Optional.empty();
  }
}
