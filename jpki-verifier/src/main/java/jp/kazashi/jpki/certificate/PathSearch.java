package jp.kazashi.jpki.certificate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The paths that names and key ids suggest, likeliest first. None of them is proven. */
final class PathSearch {
  /** More than any authority has, and few enough to try each. */
  private static final int MOST_PATHS = 64;

  private static final int LONGEST = 12;

  private final TrustAnchors anchors;
  private final List<Candidate> found = new ArrayList<>();
  private final Deque<ParsedCertificate> below = new ArrayDeque<>();

  /** A path still to be checked: an anchor, and what hangs on it. */
  record Candidate(Authority anchor, List<ParsedCertificate> certificates) {}

  private PathSearch(TrustAnchors anchors) {
    this.anchors = anchors;
  }

  static List<Candidate> of(ParsedCertificate certificate, TrustAnchors anchors) {
    PathSearch search = new PathSearch(anchors);
    search.climb(certificate);
    return List.copyOf(search.found);
  }

  private void climb(ParsedCertificate certificate) {
    below.push(certificate);
    for (Authority anchor : anchors.candidatesFor(certificate)) {
      if (found.size() < MOST_PATHS) {
        found.add(new Candidate(anchor, List.copyOf(below)));
      }
    }
    if (below.size() < LONGEST) {
      for (ParsedCertificate issuer : anchors.authoritiesFor(certificate)) {
        if (found.size() < MOST_PATHS && !isBelow(issuer)) {
          climb(issuer);
        }
      }
    }
    below.pop();
  }

  // One authority, by name and key, is passed once (RFC 5280 §6.1 forbids certificates twice).
  private boolean isBelow(ParsedCertificate issuer) {
    return below.stream()
        .anyMatch(certificate ->
            certificate.keyInfo().equals(issuer.keyInfo())
                && certificate.subject().matches(issuer.subject()));
  }
}
