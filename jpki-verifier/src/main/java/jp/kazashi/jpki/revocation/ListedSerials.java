package jp.kazashi.jpki.revocation;

import static jp.kazashi.jpki.DerReader.INTEGER;
import static jp.kazashi.jpki.DerReader.SEQUENCE;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import jp.kazashi.jpki.Der;
import jp.kazashi.jpki.DerReader;
import jp.kazashi.jpki.DerReader.Element;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.DistinguishedName;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a revocation list, found by serial number where they lie: an open hash table of
 * places in the list's own bytes, 16 octets an entry at most.
 */
final class ListedSerials {
  private static final Set<ASN1ObjectIdentifier> READ_WHEN_CRITICAL =
      Set.of(Extension.reasonCode, Extension.certificateIssuer, Extension.invalidityDate);
  // A certificate is listed once; in a list of several issuers a few may share a serial number.
  private static final int MOST_OF_ONE_SERIAL = 64;
  // Reason, invalidity date and the name of an issuer.
  private static final int LONGEST_EXTENSIONS = 2048;
  private static final int[] NOTHING = {};

  private final byte[] bytes;
  private final DistinguishedName issuer;
  private final long seed;
  private final int size;
  // Places of entries plus one, so that zero is an empty slot.
  private final int[] slots;
  // Where an indirect list goes over to another issuer: the places of those entries in order.
  private final int[] turns;

  /** One entry about the serial asked for. */
  record Entry(RevocationReason reason, Instant since) {}

  ListedSerials(
      byte[] bytes, @Nullable Element list, DistinguishedName issuer, Octets digest, int most)
      throws IOException {
    this.bytes = bytes;
    this.issuer = issuer;
    // Known only once the list is written: nobody can choose serials that all fall into one slot.
    seed = ByteBuffer.wrap(digest.toArray()).getLong();
    size = list == null ? 0 : count(list, most);
    slots = size == 0 ? NOTHING : new int[Integer.highestOneBit(size) * 4];
    turns = list == null ? NOTHING : index(list);
  }

  int size() {
    return size;
  }

  List<Entry> about(DistinguishedName certificateIssuer, BigInteger serial) {
    List<Entry> entries = new ArrayList<>();
    byte[] wanted = serial.toByteArray();
    if (slots.length > 0) {
      for (int slot = slot(wanted, 0, wanted.length); slots[slot] != 0; slot = next(slot)) {
        int place = slots[slot] - 1;
        if (lists(place, wanted, 0, wanted.length) && issuerAt(place).matches(certificateIssuer)) {
          entries.add(read(DerReader.at(bytes, place).next()));
        }
      }
    }
    return entries;
  }

  private static int count(Element list, int most) {
    int entries = 0;
    for (DerReader each = list.inside(); each.hasNext(); each.next(SEQUENCE)) {
      if (++entries > most) {
        throw new IllegalArgumentException("More entries than anybody reads");
      }
    }
    return entries;
  }

  /** Finds a slot for each entry. Gives the places where another issuer is named. */
  private int[] index(Element list) throws IOException {
    IntStream.Builder named = IntStream.builder();
    for (DerReader each = list.inside(); each.hasNext(); ) {
      Element entry = each.next(SEQUENCE);
      DerReader fields = entry.inside();
      Element serial = fields.next(INTEGER).minimal();
      RevocationList.time(fields.next());
      if (fields.hasNext() && namesIssuer(checked(fields.next(SEQUENCE)))) {
        named.add(entry.start());
      }
      fields.end();
      slots[freeSlot(serial)] = entry.start() + 1;
    }
    return named.build().toArray();
  }

  // All entries of one serial lie in one row, so a list full of them would never be indexed.
  private int freeSlot(Element serial) {
    int same = 0;
    int slot = slot(bytes, serial.content(), serial.end());
    while (slots[slot] != 0) {
      if (lists(slots[slot] - 1, bytes, serial.content(), serial.end())
          && ++same == MOST_OF_ONE_SERIAL) {
        throw new IllegalArgumentException("One serial number too often");
      }
      slot = next(slot);
    }
    return slot;
  }

  /** Whether the entry at a place is about this serial number. */
  private boolean lists(int place, byte[] octets, int from, int to) {
    Element number = DerReader.at(bytes, place).next().inside().next();
    return Arrays.equals(bytes, number.content(), number.end(), octets, from, to);
  }

  // §5.3.3: the issuer named last counts for every entry after it.
  private DistinguishedName issuerAt(int place) {
    int at = Arrays.binarySearch(turns, place);
    int turn = at < 0 ? -at - 2 : at;
    return turn < 0 ? issuer : namedAt(turns[turn]);
  }

  private DistinguishedName namedAt(int place) {
    DerReader fields = DerReader.at(bytes, place).next().inside();
    fields.next(INTEGER);
    fields.next();
    return issuer(Extensions.getInstance(fields.next(SEQUENCE).encoding())).orElseThrow();
  }

  private static Entry read(Element entry) {
    DerReader fields = entry.inside();
    fields.next(INTEGER);
    Instant since = RevocationList.time(fields.next());
    RevocationReason reason =
        fields.hasNext()
            ? reason(Extensions.getInstance(fields.next(SEQUENCE).encoding()))
            : RevocationReason.UNSPECIFIED;
    return new Entry(reason, since);
  }

  private static RevocationReason reason(Extensions extensions) {
    return Der.extension(extensions, Extension.reasonCode)
        .map(code -> ASN1Enumerated.getInstance(code).getValue().intValueExact())
        .map(RevocationReason::ofCode)
        .orElse(RevocationReason.UNSPECIFIED);
  }

  private static boolean namesIssuer(Extensions extensions) {
    return issuer(extensions).isPresent();
  }

  private static Optional<DistinguishedName> issuer(Extensions extensions) {
    return Der.extension(extensions, Extension.certificateIssuer).map(ListedSerials::name);
  }

  private static DistinguishedName name(ASN1Primitive value) {
    for (GeneralName name : GeneralNames.getInstance(value).getNames()) {
      if (name.getTagNo() == GeneralName.directoryName) {
        return DistinguishedName.of(X500Name.getInstance(name.getName()));
      }
    }
    throw new IllegalArgumentException("A certificate's issuer has a directory name");
  }

  /** An entry's extensions, each of them such that reading it again cannot fail. */
  private static Extensions checked(Element element) throws IOException {
    byte[] encoding = element.atMost(LONGEST_EXTENSIONS).encoding();
    Extensions read = Extensions.getInstance(encoding);
    if (!Arrays.equals(read.getEncoded(ASN1Encoding.DER), encoding)) {
      throw new IllegalArgumentException("Entry extensions are not in DER");
    }
    // §5.3: a list with a critical entry extension that is not processed decides nothing.
    if (!READ_WHEN_CRITICAL.containsAll(Set.of(read.getCriticalExtensionOIDs()))) {
      throw new IllegalArgumentException("A critical entry extension is not known");
    }
    Der.extension(read, Extension.invalidityDate).ifPresent(ASN1GeneralizedTime::getInstance);
    reason(read);
    return read;
  }

  private int slot(byte[] octets, int from, int to) {
    long hash = seed;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (octets[i] & 0xff)) * 0x100000001b3L;
      hash ^= hash >>> 29;
    }
    hash *= 0xbf58476d1ce4e5b9L;
    return (int) (hash >>> 32) & slots.length - 1;
  }

  private int next(int slot) {
    return slot + 1 & slots.length - 1;
  }
}
