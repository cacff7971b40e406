package jp.kazashi.jpki.revocation;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.Octets;

/** What a source of revocation said, as it came, or that it said nothing. */
public sealed interface RevocationEvidence {
  URI source();

  Instant fetchedAt();

  /**
   * The body of an OCSP response.
   *
   * @param nonce what the question carried and the answer must repeat; empty when the question had
   *     none
   */
  record OcspAnswer(Octets body, URI source, Instant fetchedAt, Optional<Octets> nonce)
      implements RevocationEvidence {
    /** More than any answer about one certificate. */
    public static final int MOST_OCTETS = 64 * 1024;

    public OcspAnswer {
      requireNonNull(source, "source");
      requireNonNull(fetchedAt, "fetchedAt");
      requireNonNull(nonce, "nonce");
      if (body.length() > MOST_OCTETS) {
        throw new IllegalArgumentException("An OCSP answer has at most " + MOST_OCTETS + " octets");
      }
    }

    public OcspAnswer(byte[] body, URI source, Instant fetchedAt, byte[] nonce) {
      this(Octets.of(body), source, fetchedAt, Optional.of(Octets.of(nonce)));
    }
  }

  /** A revocation list, complete or a delta. Read where it was fetched, once for all verdicts. */
  record CrlSnapshot(RevocationList list, URI source, Instant fetchedAt)
      implements RevocationEvidence {
    public CrlSnapshot {
      requireNonNull(list, "list");
      requireNonNull(source, "source");
      requireNonNull(fetchedAt, "fetchedAt");
    }
  }

  /** The source gave nothing to judge. */
  record Unanswered(URI source, Instant fetchedAt, Trouble trouble) implements RevocationEvidence {
    public Unanswered {
      requireNonNull(source, "source");
      requireNonNull(fetchedAt, "fetchedAt");
      requireNonNull(trouble, "trouble");
    }
  }

  enum Trouble {
    TIMED_OUT,
    UNREACHABLE,
    REFUSED,
    TOO_LARGE,
    /** What came is no revocation list. */
    MALFORMED,
    /** It did not answer again and again, and is left alone for a while. */
    NOT_ASKED
  }
}
