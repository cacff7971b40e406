package jp.kazashi.gateway.config;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.kazashi.gateway.config.RevocationSettings.Responder;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.revocation.RevocationPlan;
import jp.kazashi.jpki.revocation.RevocationPlan.Kind;
import jp.kazashi.jpki.revocation.RevocationPlan.Source;

/**
 * Whom to ask about the certificates of which authority: first its own responders, then those of
 * all, then the lists.
 */
public final class RevocationPlans {
  private final Map<Octets, RevocationPlan> plans;
  private final RevocationPlan ofAll;

  private RevocationPlans(Map<Octets, RevocationPlan> plans, RevocationPlan ofAll) {
    this.plans = Map.copyOf(plans);
    this.ofAll = ofAll;
  }

  static RevocationPlans of(RevocationSettings settings, TrustAnchors anchors) {
    Map<Octets, RevocationPlan> plans = new HashMap<>();
    for (ParsedCertificate authority : anchors.certificates()) {
      plan(settings, Optional.of(fingerprint(authority)))
          .ifPresent(plan -> plans.put(authority.keyHash(HashAlgorithm.SHA256), plan));
    }
    RevocationPlan ofAll =
        plan(settings, Optional.empty())
            .or(() -> plans.values().stream().findFirst())
            .orElseThrow();
    return new RevocationPlans(plans, ofAll);
  }

  static String fingerprint(ParsedCertificate authority) {
    return HashAlgorithm.SHA256.hash(authority.der().toArray()).hex();
  }

  /** By the SHA-256 of the authority's key. */
  RevocationPlan of(Octets authority) {
    return plans.getOrDefault(authority, ofAll);
  }

  List<URI> responders(Octets authority) {
    return responders(of(authority)).toList();
  }

  /** All there are, each with an authority whose certificates it is asked about. */
  Map<URI, ParsedCertificate> responders(TrustAnchors anchors) {
    Map<URI, ParsedCertificate> all = new HashMap<>();
    for (ParsedCertificate authority : anchors.certificates()) {
      responders(of(authority.keyHash(HashAlgorithm.SHA256)))
          .forEach(responder -> all.putIfAbsent(responder, authority));
    }
    return all;
  }

  private static Stream<URI> responders(RevocationPlan plan) {
    return plan.sources().stream()
        .filter(source -> source.kind() == Kind.OCSP)
        .map(Source::address);
  }

  private static Optional<RevocationPlan> plan(
      RevocationSettings settings, Optional<String> authority) {
    Stream<URI> own =
        settings.responders().stream()
            .filter(each -> each.authority().isPresent() && each.authority().equals(authority))
            .map(Responder::address);
    Stream<URI> common =
        settings.responders().stream()
            .filter(each -> each.authority().isEmpty())
            .map(Responder::address);
    List<Source> sources =
        Stream.concat(
                Stream.concat(own, common)
                    .distinct()
                    .map(address -> new Source(Kind.OCSP, address, settings.budget())),
                settings.lists().stream()
                    .distinct()
                    .map(address -> new Source(Kind.CRL, address, settings.budget())))
            .toList();
    return sources.isEmpty() ? Optional.empty() : Optional.of(new RevocationPlan(sources));
  }
}
