package jp.kazashi.gateway.adapter.revocation;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.gateway.port.LastEvidence;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.ParsedCertificate;
import jp.kazashi.jpki.certificate.TrustAnchors;

/** How fresh this node's knowledge of revocations is, authority by authority. */
public final class RevocationWatch implements LastEvidence {
  private final TrustAnchors anchors;
  private final Function<Octets, List<URI>> responders;
  private final Responders silent;
  private final CrlShelf shelf;
  private final Map<Octets, Instant> answered = new ConcurrentHashMap<>();
  private final Map<Octets, Instant> missed = new ConcurrentHashMap<>();

  /**
   * Knows nothing at first.
   *
   * @param responders who is asked about an authority's certificates
   */
  public RevocationWatch(
      TrustAnchors anchors,
      Function<Octets, List<URI>> responders,
      Responders silent,
      CrlShelf shelf) {
    this.anchors = anchors;
    this.responders = responders;
    this.silent = silent;
    this.shelf = shelf;
  }

  /**
   * An authority, as an operator sees it.
   *
   * @param fingerprint SHA-256 of its certificate: generations share a name
   * @param lastHad when evidence that decided was last to be had
   * @param listUntil until when its list can be used; empty when there is none to use
   * @param responders how many responders it has
   * @param asked how many of these are not taken for dead
   */
  public record Seen(
      String name,
      String fingerprint,
      Optional<Instant> lastHad,
      Optional<Instant> listUntil,
      int responders,
      long asked) {
    /** Whether its cards can be judged, as far as is known. */
    public boolean canBeJudged() {
      return asked > 0 || listUntil.isPresent();
    }

    private boolean isSilent() {
      return responders > 0 && asked == 0;
    }
  }

  /** A gathering about one of its certificates was decided by a fresh answer. */
  void answered(CertId certificate, Instant at) {
    answered.put(certificate.issuerKeyHash(), at);
    missed.remove(certificate.issuerKeyHash());
  }

  /** A gathering was decided by what was there already. */
  void decided(CertId certificate) {
    missed.remove(certificate.issuerKeyHash());
  }

  /** A gathering decided nothing. */
  void missed(CertId certificate, Instant at) {
    missed.put(certificate.issuerKeyHash(), at);
  }

  /** Whether the last gathering about any authority decided nothing. */
  public boolean isMissing() {
    return !missed.isEmpty();
  }

  @Override
  public Optional<Instant> about(CertId certificate, Instant at) {
    return lastHad(certificate.issuerKeyHash(), at);
  }

  public List<Seen> look(Instant at) {
    return anchors.certificates().stream().map(authority -> seen(authority, at)).toList();
  }

  /** What an operator has to know, while there is something. */
  public Optional<String> trouble(Instant at) {
    List<Seen> all = look(at);
    return of(all, seen -> !seen.canBeJudged())
        .map(names -> "nobody tells what was revoked by " + names)
        .or(() ->
            of(all, Seen::isSilent)
                .map(names -> "no responder answers, lists stand in, for " + names))
        .or(this::undecided);
  }

  private static Optional<String> of(List<Seen> all, Predicate<Seen> which) {
    String names =
        all.stream().filter(which).map(Seen::fingerprint).collect(Collectors.joining(", "));
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  private Optional<String> undecided() {
    return missed.isEmpty()
        ? Optional.empty()
        : Optional.of("what the sources told decided nothing when a card was checked last");
  }

  /** Shows ages and lives of evidence as numbers. */
  public void show(RevocationMeters meters, InstantSource clock) {
    for (ParsedCertificate authority : anchors.certificates()) {
      Octets key = authority.keyHash(HashAlgorithm.SHA256);
      String name = HashAlgorithm.SHA256.hash(authority.der().toArray()).hex();
      meters.show(
          "kazashi.revocation.evidence.age",
          "seconds since it could last be told what this authority revoked",
          "authority",
          name,
          () -> {
            Instant at = clock.instant();
            return lastHad(key, at).map(last -> seconds(last, at)).orElse(Double.NaN);
          });
      meters.show(
          "kazashi.revocation.list.left",
          "seconds for which this authority's list can still be used",
          "authority",
          name,
          () -> {
            Instant at = clock.instant();
            return shelf.usableUntil(key, at).map(until -> seconds(at, until)).orElse(0.0);
          });
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  private Seen seen(ParsedCertificate authority, Instant at) {
    Octets key = authority.keyHash(HashAlgorithm.SHA256);
    List<URI> sources = responders.apply(key);
    return new Seen(
        authority.subject().toString(),
        HashAlgorithm.SHA256.hash(authority.der().toArray()).hex(),
        lastHad(key, at),
        shelf.usableUntil(key, at),
        sources.size(),
        sources.stream().filter(source -> !silent.isDead(source)).count());
  }

  private Optional<Instant> lastHad(Octets authority, Instant at) {
    return Stream.concat(
            Optional.ofNullable(answered.get(authority)).stream(),
            shelf.lastUsable(authority, at).stream())
        .max(Comparator.naturalOrder());
  }
}
