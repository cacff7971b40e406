package jp.kazashi.jpki.revocation;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Revoked;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import jp.kazashi.jpki.revocation.RevocationStatus.UnknownToIssuer;

/**
 * Whom to ask about a certificate, in which order and for how long: responders first, then lists.
 * The plan asks nobody; it tells who asks whom to turn to next.
 */
public record RevocationPlan(List<Source> sources) {
  public RevocationPlan {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("A plan without sources never learns anything");
    }
    if (sources.stream().map(Source::address).distinct().count() < sources.size()) {
      throw new IllegalArgumentException("A source is asked once");
    }
    if (!sources.equals(sources.stream().sorted().toList())) {
      throw new IllegalArgumentException("Responders are asked before lists");
    }
  }

  /** One place to ask, and how long it may take. */
  public record Source(Kind kind, URI address, Duration budget) implements Comparable<Source> {
    public Source {
      requireNonNull(kind, "kind");
      requireNonNull(address, "address");
      if (!budget.isPositive()) {
        throw new IllegalArgumentException("A source needs time to answer");
      }
    }

    /** By kind alone: among responders the order is the operator's. */
    @Override
    public int compareTo(Source other) {
      return kind.compareTo(other.kind);
    }
  }

  public enum Kind {
    OCSP,
    CRL
  }

  /** The longest it can take when nobody answers. */
  public Duration budget() {
    return sources.stream().map(Source::budget).reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * Whom to ask next, after what was gathered was judged so far. What is unusable falls through to
   * the next source and stays among the evidence, so that its cause is recorded; what decides ends
   * the search.
   */
  public Optional<Source> next(List<RevocationEvidence> gathered, RevocationStatus soFar) {
    return switch (soFar) {
      case Good _, Revoked _, UnknownToIssuer _ -> Optional.empty();
      case Unavailable _ ->
          sources.stream()
              .filter(source ->
                  gathered.stream().noneMatch(piece -> piece.source().equals(source.address())))
              .findFirst();
    };
  }
}
