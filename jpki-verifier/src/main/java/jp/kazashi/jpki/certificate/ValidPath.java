package jp.kazashi.jpki.certificate;

import java.util.List;

/** A path that holds by RFC 5280 §6.1, from the anchor's side down. Revocation is not in it. */
public final class ValidPath {
  private final List<Link> links;

  ValidPath(List<Link> links) {
    this.links = List.copyOf(links);
  }

  public List<Link> links() {
    return links;
  }
}
