package jp.kazashi.jpki;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/**
 * The one door through which untrusted bytes become structure. Bouncy Castle reads more than DER
 * and as deep as the stack allows; what passes here is one value with definite, minimal lengths
 * that fill each other exactly, and shallow.
 */
public final class Der {
  private static final int DEEPEST = 32;
  private static final int CONSTRUCTED = 0x20;
  private static final int HIGH_TAG = 0x1f;
  private static final int LONG_LENGTH = 0x80;

  private Der() {}

  /** The value, when the bytes are exactly one. */
  public static Optional<ASN1Primitive> read(byte[] bytes) {
    if (!wellFormed(bytes)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ASN1Primitive.fromByteArray(bytes));
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle tells malformed contents by either; both mean the same here.
      return Optional.empty();
    }
  }

  /** The encoding of the first element of a sequence that was read: what its signature covers. */
  public static byte[] firstElement(byte[] sequence) {
    Header outer = requireNonNull(header(sequence, 0, sequence.length));
    Header first = requireNonNull(header(sequence, outer.content, outer.end));
    return Arrays.copyOfRange(sequence, outer.content, first.end);
  }

  /** Whether the bytes are exactly one value in definite, minimal lengths, and shallow. */
  public static boolean wellFormed(byte[] bytes) {
    int[] ends = new int[DEEPEST + 1];
    int depth = 0;
    ends[0] = bytes.length;
    int position = 0;
    do {
      if (position >= ends[depth]) {
        return false;
      }
      @Nullable Header header = header(bytes, position, ends[depth]);
      if (header == null) {
        return false;
      }
      if (header.constructed && header.content < header.end) {
        if (depth == DEEPEST) {
          return false;
        }
        ends[++depth] = header.end;
        position = header.content;
      } else {
        position = header.end;
      }
      while (depth > 0 && position == ends[depth]) {
        depth--;
      }
    } while (depth > 0);
    return position == bytes.length;
  }

  /**
   * What an extension says, where it is there.
   *
   * @throws IllegalArgumentException when it is not in DER
   */
  public static Optional<ASN1Primitive> extension(
      @Nullable Extensions extensions, ASN1ObjectIdentifier identifier) {
    return Optional.ofNullable(extensions)
        .map(all -> all.getExtension(identifier))
        .map(extension ->
            read(extension.getExtnValue().getOctets())
                .orElseThrow(
                    () -> new IllegalArgumentException("Extension " + identifier + " is broken")));
  }

  /** Identifier and length octets at a position, when they and the content end in time. */
  static @Nullable Header header(byte[] bytes, int position, int end) {
    int identifier = bytes[position] & 0xff;
    // No type of a certificate or an OCSP answer has a tag number above 30.
    if ((identifier & HIGH_TAG) == HIGH_TAG || position + 1 >= end) {
      return null;
    }
    int first = bytes[position + 1] & 0xff;
    int content = position + 2;
    int length = first;
    if (first >= LONG_LENGTH) {
      int octets = first - LONG_LENGTH;
      if (octets == 0 || octets > 4 || content + octets > end) {
        return null;
      }
      length = 0;
      for (int i = 0; i < octets; i++) {
        length = (length << 8) | (bytes[content + i] & 0xff);
      }
      content += octets;
      // Four octets with the top bit set come out negative, and no array is that long.
      if (length < LONG_LENGTH || length >>> (8 * (octets - 1)) == 0) {
        return null;
      }
    }
    return length > end - content
        ? null
        : new Header((identifier & CONSTRUCTED) != 0, content, content + length);
  }

  record Header(boolean constructed, int content, int end) {}
}
