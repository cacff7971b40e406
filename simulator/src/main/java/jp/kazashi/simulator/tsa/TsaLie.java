package jp.kazashi.simulator.tsa;

import java.time.Duration;
import java.util.List;
import jp.kazashi.simulator.wire.Choice;

/** What can be wrong about a time stamp itself. Everything else about it stays right. */
public sealed interface TsaLie {
  /** A stranger signs, under the authority's name and with a certificate of its own. */
  record WrongSigner() implements TsaLie {}

  /** The authority's certificate, and a signature that is not of its key. */
  record BadSignature() implements TsaLie {}

  /** Stamps something else. */
  record OtherImprint() implements TsaLie {}

  record WithoutNonce() implements TsaLie {}

  record OtherNonce() implements TsaLie {}

  /** Says the time was this long ago. */
  record Behind(Duration by) implements TsaLie {}

  record Ahead(Duration by) implements TsaLie {}

  /** Refuses: there is no trusted time just now. */
  record Refuses() implements TsaLie {}

  record NoDer() implements TsaLie {}

  record HalfOfIt() implements TsaLie {}

  /** Each by the name under which it can be asked for. */
  static List<Choice<TsaLie>> choices() {
    return List.of(
        Choice.lie(
            "wrong-signer", "signed by a stranger under the authority's name", new WrongSigner()),
        Choice.lie("bad-signature", "the signature is of another key", new BadSignature()),
        Choice.lie("other-imprint", "stamps something else", new OtherImprint()),
        Choice.lie("missing-nonce", "does not repeat the nonce", new WithoutNonce()),
        Choice.lie("other-nonce", "repeats another nonce", new OtherNonce()),
        Choice.lie(
            "stale", "P1D", "a time this far back", with -> new Behind(Choice.duration(with))),
        Choice.lie(
            "future", "P1D", "a time this far ahead", with -> new Ahead(Choice.duration(with))),
        Choice.lie("refuse", "rejection: timeNotAvailable", new Refuses()),
        Choice.lie("malformed", "a page of HTML in the answer's media type", new NoDer()),
        Choice.lie("truncated", "the first half of the answer, as if it were all", new HalfOfIt()));
  }
}
