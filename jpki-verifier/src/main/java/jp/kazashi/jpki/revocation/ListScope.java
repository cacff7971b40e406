package jp.kazashi.jpki.revocation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.certificate.DistinguishedName;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.PublicationPoint;
import jp.kazashi.jpki.certificate.PublicationPoint.Name;

/**
 * One place where a certificate says its revocation is published, and whether a list is the one
 * meant (RFC 5280 §6.3.3 (b) and (d)).
 */
record ListScope(PublicationPoint point) {
  /** Where the certificate points to, and at last wherever its issuer publishes. */
  static List<ListScope> of(Link link) {
    List<ListScope> scopes =
        new ArrayList<>(link.publicationPoints().stream().map(ListScope::new).toList());
    scopes.add(new ListScope(PublicationPoint.of(link.certificate().issuer())));
    return scopes;
  }

  List<DistinguishedName> listIssuers() {
    return point.listIssuers();
  }

  /** §6.3.3 (b) (1): the list's issuer is the one meant. */
  boolean isIssuedAsMeant(RevocationList list, Link link) {
    return listIssuers().isEmpty()
        ? list.issuer().matches(link.certificate().issuer())
        : list.extensions().isIndirect() && listIssuers().stream().anyMatch(list.issuer()::matches);
  }

  /** §6.3.3 (b) (2): the list covers this place and this kind of certificate. */
  boolean isCovered(RevocationList list, Link link) {
    return list.extensions()
        .scope()
        .map(issuing ->
            !issuing.attributeCertificatesOnly()
                && !(issuing.holdersOnly() && link.isAuthority())
                && !(issuing.authoritiesOnly() && !link.isAuthority())
                && isNamed(issuing.point(), list))
        .orElse(true);
  }

  /** §6.3.3 (d): the reasons that both the place and the list speak of. */
  int reasonsOf(RevocationList list) {
    return point.reasons()
        & list.extensions()
            .scope()
            .map(issuing -> issuing.point().reasons())
            .orElse(PublicationPoint.ALL_REASONS);
  }

  private boolean isNamed(PublicationPoint issuing, RevocationList list) {
    List<Name> listed = issuing.namesUnder(list.issuer());
    if (listed.isEmpty()) {
      return true;
    }
    DistinguishedName publisher =
        Optional.of(listIssuers())
            .filter(issuers -> !issuers.isEmpty())
            .map(List::getFirst)
            .orElse(list.issuer());
    List<Name> wanted = new ArrayList<>(point.namesUnder(publisher));
    if (wanted.isEmpty()) {
      listIssuers().forEach(issuer -> wanted.add(new Name.Directory(issuer)));
    }
    return listed.stream().anyMatch(name -> wanted.stream().anyMatch(name::matches));
  }
}
