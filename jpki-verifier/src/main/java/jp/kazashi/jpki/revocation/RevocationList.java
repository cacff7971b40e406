package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.DerReader.BIT_STRING;
import static jp.kazashi.jpki.DerReader.INTEGER;
import static jp.kazashi.jpki.DerReader.SEQUENCE;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.kazashi.jpki.Der;
import jp.kazashi.jpki.DerReader;
import jp.kazashi.jpki.DerReader.Element;
import jp.kazashi.jpki.EncodedTime;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.DistinguishedName;
import jp.kazashi.jpki.certificate.HashAlgorithm;
import jp.kazashi.jpki.certificate.SignatureTable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed CRL (RFC 5280 §5), read once and kept as it came: of a million entries none becomes
 * an object before it is asked for. Nothing of it is proven until its signature is.
 */
public final class RevocationList {
  private static final int CONTEXT_0 = 0xa0;
  private static final int VERSION_2 = 1;
  // Whatever of a list is not an entry.
  private static final int LONGEST_PART = 64 * 1024;

  private final byte[] bytes;
  private final Octets digest;
  private final int signedStart;
  private final int signedEnd;
  private final AlgorithmIdentifier algorithm;
  private final byte[] signature;
  private final DistinguishedName issuer;
  private final Instant thisUpdate;
  private final Optional<Instant> nextUpdate;
  private final ListExtensions extensions;
  private final ListedSerials entries;
  // The bytes never change, so a signature that was once checked with a key stays what it was.
  private final Map<Signer, Boolean> proofs = new ConcurrentHashMap<>();

  private record Signer(PublicKey key, SignatureTable table) {}

  private RevocationList(byte[] bytes, ListLimits limits) throws IOException {
    this.bytes = bytes;
    digest = HashAlgorithm.SHA256.hash(bytes);
    DerReader whole = DerReader.at(bytes, 0).next(SEQUENCE).inside();
    Element signed = whole.next(SEQUENCE);
    signedStart = signed.start();
    signedEnd = signed.end();
    algorithm = algorithm(whole.next(SEQUENCE));
    signature = whole.next(BIT_STRING).atMost(LONGEST_PART).wholeOctets();
    whole.end();

    DerReader body = signed.inside();
    boolean second = body.tag() == INTEGER && version(body.next());
    // §5.1.1.2: the algorithm outside must be the one inside.
    if (!algorithm.equals(algorithm(body.next(SEQUENCE)))) {
      throw new IllegalArgumentException("The two algorithms differ");
    }
    issuer = DistinguishedName.of(body.next(SEQUENCE).atMost(LONGEST_PART));
    thisUpdate = time(body.next());
    nextUpdate = isTime(body.tag()) ? Optional.of(time(body.next())) : Optional.empty();
    @Nullable Element listed = body.tag() == SEQUENCE ? body.next() : null;
    @Nullable Element extended = body.tag() == CONTEXT_0 ? body.next() : null;
    body.end();
    if (extended != null && !second) {
      throw new IllegalArgumentException("A list of version 1 has no extensions");
    }
    extensions = ListExtensions.read(extended == null ? null : extensions(extended));
    entries = new ListedSerials(bytes, listed, issuer, digest, limits.mostEntries());
  }

  /** The list, when the bytes are exactly one and within the limits. */
  public static Optional<RevocationList> read(byte[] bytes, ListLimits limits) {
    if (bytes.length > limits.mostOctets() || !Der.wellFormed(bytes)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new RevocationList(bytes.clone(), limits));
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle tells a wrong structure by a whole family of exceptions.
      return Optional.empty();
    }
  }

  /** SHA-256 over all of it: the name it is stored and cited under. */
  public Octets digest() {
    return digest;
  }

  /** As it came. */
  public byte[] toArray() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  public DistinguishedName issuer() {
    return issuer;
  }

  public Instant thisUpdate() {
    return thisUpdate;
  }

  public Optional<Instant> nextUpdate() {
    return nextUpdate;
  }

  /** How many certificates it lists. */
  public int size() {
    return entries.size();
  }

  ListExtensions extensions() {
    return extensions;
  }

  /** Whether the key signed it; checked once for each key. */
  public boolean isSignedBy(PublicKey key, SignatureTable table) {
    return proofs.computeIfAbsent(
        new Signer(key, table),
        signer ->
            table.verifies(
                algorithm, key, Arrays.copyOfRange(bytes, signedStart, signedEnd), signature));
  }

  /** What it says of a serial of an issuer; nothing when it does not list it. */
  List<ListedSerials.Entry> about(DistinguishedName certificateIssuer, BigInteger serial) {
    return entries.about(certificateIssuer, serial);
  }

  private static AlgorithmIdentifier algorithm(Element element) {
    return AlgorithmIdentifier.getInstance(element.atMost(LONGEST_PART).encoding());
  }

  private static Extensions extensions(Element tagged) throws IOException {
    DerReader inside = tagged.atMost(LONGEST_PART).inside();
    Extensions read = Extensions.getInstance(inside.next(SEQUENCE).encoding());
    inside.end();
    if (!Arrays.equals(read.getEncoded(ASN1Encoding.DER), tagged.contentOctets())) {
      throw new IllegalArgumentException("Extensions are not in DER");
    }
    return read;
  }

  private static boolean version(Element number) {
    if (number.integer().intValueExact() != VERSION_2) {
      throw new IllegalArgumentException("No such version");
    }
    return true;
  }

  static boolean isTime(int tag) {
    return tag == EncodedTime.UTC_TIME || tag == EncodedTime.GENERALIZED_TIME;
  }

  static Instant time(Element element) {
    return EncodedTime.read(element)
        .map(EncodedTime::instant)
        .orElseThrow(() -> new IllegalArgumentException("A time is malformed"));
  }

  /** Names the list without showing whom it lists. */
  @Override
  public String toString() {
    return "RevocationList[" + digest.hex() + ", " + size() + " entries]";
  }
}
