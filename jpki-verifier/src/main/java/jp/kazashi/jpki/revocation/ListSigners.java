package jp.kazashi.jpki.revocation;

import java.security.PublicKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jp.kazashi.jpki.certificate.Authority;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.certificate.PathCheck;
import jp.kazashi.jpki.certificate.PathRules;
import jp.kazashi.jpki.certificate.SignatureTable;
import jp.kazashi.jpki.certificate.TrustAnchors;
import jp.kazashi.jpki.certificate.ValidPath;

/** Who may sign a revocation list about a certificate (RFC 5280 §6.3.3 (f) and (g)). */
final class ListSigners {
  private final TrustAnchors anchors;
  private final SignatureTable table;
  private final StatusOfOthers others;

  /** Whether another certificate is known to be good, while these are being asked about. */
  interface StatusOfOthers {
    boolean isGood(List<RevocationList> lists, Link link, Instant at, Set<Link> asking);
  }

  ListSigners(TrustAnchors anchors, SignatureTable table, StatusOfOthers others) {
    this.anchors = anchors;
    this.table = table;
    this.others = others;
  }

  /** Whether the list is signed by one under its issuer's name and the certificate's own anchor. */
  boolean signed(
      RevocationList list, List<RevocationList> lists, Link link, Instant at, Set<Link> asking) {
    boolean byAuthority =
        Stream.of(link.issuer(), link.anchor()).anyMatch(authority -> isSignedBy(authority, list));
    return byAuthority
        || anchors.authorities().stream()
            .filter(certificate -> certificate.subject().matches(list.issuer()))
            .filter(ParsedCertificate::maySignCrls)
            .filter(certificate -> isSignedBy(certificate, list))
            .anyMatch(certificate -> holds(certificate, lists, link, at, asking));
  }

  private boolean isSignedBy(Authority authority, RevocationList list) {
    return authority.maySignCrls()
        && authority.name().matches(list.issuer())
        && list.isSignedBy(authority.key(), table);
  }

  private boolean isSignedBy(ParsedCertificate certificate, RevocationList list) {
    return certificate.key(table).map((PublicKey key) -> list.isSignedBy(key, table)).orElse(false);
  }

  private boolean holds(
      ParsedCertificate signer,
      List<RevocationList> lists,
      Link link,
      Instant at,
      Set<Link> asking) {
    Set<Link> now = new HashSet<>(asking);
    now.add(link);
    return PathCheck.paths(signer, anchors.only(link.anchor()), PathRules.forAnyPolicy(table), at)
        .anyMatch(path -> isGood(path, lists, at, now));
  }

  private boolean isGood(ValidPath path, List<RevocationList> lists, Instant at, Set<Link> asking) {
    return path.links().stream()
        .allMatch(above ->
            asking.contains(above)
                ? publishesItself(above)
                : others.isGood(lists, above, at, asking));
  }

  // A signer cannot vouch for itself, unless its issuer wrote into its certificate that it does.
  private static boolean publishesItself(Link signer) {
    return ListScope.of(signer).stream()
        .flatMap(scope -> scope.listIssuers().stream())
        .anyMatch(issuer -> issuer.matches(signer.certificate().subject()));
  }
}
