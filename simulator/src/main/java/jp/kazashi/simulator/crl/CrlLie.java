package jp.kazashi.simulator.crl;

import java.time.Duration;
import java.util.List;
import jp.kazashi.simulator.wire.Choice;

/** What can be wrong about a revocation list itself. Everything else about it stays right. */
public sealed interface CrlLie {
  /** A stranger signs, under the authority's name. */
  record WrongSigner() implements CrlLie {}

  /** Points to the authority's key, and the signature is of another. */
  record BadSignature() implements CrlLie {}

  record Stale(Duration by) implements CrlLie {}

  record FromTheFuture(Duration by) implements CrlLie {}

  record WithoutNextUpdate() implements CrlLie {}

  /** Drops what has expired, and does not say how long it keeps anything. */
  record Forgetful() implements CrlLie {}

  /** Says it also speaks for other issuers (RFC 5280 §5.2.5). */
  record Indirect() implements CrlLie {}

  /** Of another distribution point. */
  record OtherPoint() implements CrlLie {}

  /** An extension nobody knows, and critical. */
  record UnknownExtension() implements CrlLie {}

  /** The same at an entry, where the serial is nobody's. */
  record UnknownEntryExtension() implements CrlLie {}

  /** This many more entries, of serials that are nobody's. */
  record Crowded(int entries) implements CrlLie {}

  record NoDer() implements CrlLie {}

  record HalfOfIt() implements CrlLie {}

  /** Each by the name under which it can be asked for. */
  static List<Choice<CrlLie>> choices() {
    return List.of(
        Choice.lie(
            "wrong-signer", "signed by a stranger under the authority's name", new WrongSigner()),
        Choice.lie("bad-signature", "the signature is of another key", new BadSignature()),
        Choice.lie(
            "stale",
            "P3D",
            "thisUpdate and nextUpdate lie this far back",
            with -> new Stale(Choice.duration(with))),
        Choice.lie(
            "future",
            "P3D",
            "thisUpdate and nextUpdate lie this far ahead",
            with -> new FromTheFuture(Choice.duration(with))),
        Choice.lie("no-next-update", "says no nextUpdate", new WithoutNextUpdate()),
        Choice.lie(
            "forgetful",
            "drops expired serials and does not say how long it keeps them",
            new Forgetful()),
        Choice.lie("indirect", "says it also speaks for other issuers", new Indirect()),
        Choice.lie("other-point", "is of another distribution point", new OtherPoint()),
        Choice.lie(
            "unknown-extension", "has an unknown critical extension", new UnknownExtension()),
        Choice.lie(
            "unknown-entry-extension",
            "has an entry with an unknown critical extension",
            new UnknownEntryExtension()),
        Choice.lie(
            "crowded",
            "100000",
            "this many more entries",
            with -> new Crowded(Choice.number(with, 1, 500_000))),
        Choice.lie("malformed", "a page of HTML in the list's media type", new NoDer()),
        Choice.lie("truncated", "the first half of the list, as if it were all", new HalfOfIt()));
  }
}
