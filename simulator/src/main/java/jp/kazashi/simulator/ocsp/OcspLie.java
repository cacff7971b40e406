package jp.kazashi.simulator.ocsp;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.kazashi.simulator.wire.Choice;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;

/** What can be wrong about an OCSP answer itself. Everything else about it stays right. */
public sealed interface OcspLie {
  /** A stranger signs, under the delegate's name and with a certificate of its own. */
  record WrongSigner() implements OcspLie {}

  /** The delegate's certificate, and a signature that is not of its key. */
  record BadSignature() implements OcspLie {}

  record WrongCertId(Part part) implements OcspLie {}

  record WithoutNonce() implements OcspLie {}

  record OtherNonce() implements OcspLie {}

  /** As it was said this long ago. */
  record Stale(Duration by) implements OcspLie {}

  /** As it will be said then. */
  record FromTheFuture(Duration by) implements OcspLie {}

  record WithoutNextUpdate() implements OcspLie {}

  /** Does not say that expired serials are kept. */
  record WithoutArchiveCutoff() implements OcspLie {}

  /** Knows none of the serials. */
  record SaysUnknown() implements OcspLie {}

  /** No content, only a status (RFC 6960 §2.3). */
  record Failure(int status) implements OcspLie {}

  /** A page where the answer should be. */
  record NoDer() implements OcspLie {}

  /** Only the first half of it. */
  record HalfOfIt() implements OcspLie {}

  /** What of a CertID is another's (RFC 6960 §4.1.1). */
  enum Part {
    SERIAL,
    ISSUER_NAME,
    ISSUER_KEY,
    /** The hashes are right, and said to be made by another algorithm. */
    ALGORITHM,
    /** The hashes lack their last octet. */
    LENGTH;

    static Part named(String name) {
      return Arrays.stream(values())
          .filter(part -> part.word().equals(name))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "'%s' is no part of a CertID: give one of %s."
                      .formatted(
                          name,
                          Arrays.stream(values())
                              .map(Part::word)
                              .collect(Collectors.joining(", ")))));
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  Map<String, Integer> STATUSES =
      new TreeMap<>(
          Map.of(
              "malformed-request", OCSPResponseStatus.MALFORMED_REQUEST,
              "internal-error", OCSPResponseStatus.INTERNAL_ERROR,
              "sig-required", OCSPResponseStatus.SIG_REQUIRED,
              "unauthorized", OCSPResponseStatus.UNAUTHORIZED));

  /** Each by the name under which it can be asked for. */
  static List<Choice<OcspLie>> choices() {
    return List.of(
        Choice.lie(
            "wrong-signer", "signed by a stranger under the delegate's name", new WrongSigner()),
        Choice.lie(
            "bad-signature", "the signature is not of the delegate's key", new BadSignature()),
        Choice.lie(
            "wrong-cert-id",
            "serial",
            "about another certificate: serial, issuer-name, issuer-key, algorithm or length",
            with -> new WrongCertId(Part.named(with))),
        Choice.lie("missing-nonce", "does not repeat the nonce", new WithoutNonce()),
        Choice.lie("other-nonce", "repeats another nonce", new OtherNonce()),
        Choice.lie(
            "stale",
            "P1D",
            "all its times lie this far back",
            with -> new Stale(Choice.duration(with))),
        Choice.lie(
            "future",
            "P1D",
            "all its times lie this far ahead",
            with -> new FromTheFuture(Choice.duration(with))),
        Choice.lie("no-next-update", "says no nextUpdate", new WithoutNextUpdate()),
        Choice.lie(
            "no-archive-cutoff",
            "does not say that expired serials are kept",
            new WithoutArchiveCutoff()),
        Choice.lie("unknown", "says unknown about every serial", new SaysUnknown()),
        Choice.lie("try-later", "tryLater", new Failure(OCSPResponseStatus.TRY_LATER)),
        Choice.lie(
            "failure",
            "internal-error",
            "a status without content: internal-error, malformed-request, sig-required or"
                + " unauthorized",
            OcspLie::failure),
        Choice.lie("malformed", "a page of HTML in the answer's media type", new NoDer()),
        Choice.lie("truncated", "the first half of the answer, as if it were all", new HalfOfIt()));
  }

  private static OcspLie failure(String name) {
    Integer status = STATUSES.get(name);
    if (status == null) {
      throw new IllegalArgumentException(
          "'%s' is no status: give one of %s."
              .formatted(name, String.join(", ", STATUSES.keySet())));
    }
    return new Failure(status);
  }
}
