package jp.kazashi.jpki;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * Walks over the elements of an encoding that {@link Der#wellFormed} accepted, building nothing: a
 * list of a million entries is read where it lies.
 */
public final class DerReader {
  public static final int BIT_STRING = 0x03;
  public static final int BOOLEAN = 0x01;
  public static final int IDENTIFIER = 0x06;
  public static final int INTEGER = 0x02;
  public static final int OCTET_STRING = 0x04;
  public static final int SEQUENCE = 0x30;

  private final byte[] bytes;
  private final int end;
  private int position;

  private DerReader(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  /** The elements from a place in the bytes on. */
  public static DerReader at(byte[] bytes, int position) {
    return new DerReader(bytes, position, bytes.length);
  }

  /** Whether another element follows here. */
  public boolean hasNext() {
    return position < end;
  }

  /** The tag of the next element, or -1 when none follows. */
  public int tag() {
    return hasNext() ? bytes[position] & 0xff : -1;
  }

  /** The next element. */
  public Element next() {
    if (!hasNext()) {
      throw new IllegalArgumentException("An element is missing");
    }
    Der.Header header = requireNonNull(Der.header(bytes, position, end), "header");
    Element element = new Element(bytes, position, header.content(), header.end());
    position = header.end();
    return element;
  }

  /** The next element, which must have this tag. */
  public Element next(int tag) {
    if (tag() != tag) {
      throw new IllegalArgumentException("Another element was expected");
    }
    return next();
  }

  /** The next element, where it has this tag. */
  public Optional<Element> optional(int tag) {
    return tag() == tag ? Optional.of(next()) : Optional.empty();
  }

  /** Nothing may follow here. */
  public void end() {
    if (hasNext()) {
      throw new IllegalArgumentException("More than belongs there");
    }
  }

  /** One element where it lies. */
  public static final class Element {
    private final byte[] bytes;
    private final int start;
    private final int content;
    private final int end;

    private Element(byte[] bytes, int start, int content, int end) {
      this.bytes = bytes;
      this.start = start;
      this.content = content;
      this.end = end;
    }

    public int tag() {
      return bytes[start] & 0xff;
    }

    public int start() {
      return start;
    }

    public int content() {
      return content;
    }

    public int end() {
      return end;
    }

    public int contentLength() {
      return end - content;
    }

    /** The element, when it is no longer than that: what is built of it takes far more memory. */
    public Element atMost(int octets) {
      if (contentLength() > octets) {
        throw new IllegalArgumentException("Longer than anybody reads");
      }
      return this;
    }

    /** What is inside. */
    public DerReader inside() {
      return new DerReader(bytes, content, end);
    }

    /** A copy of its whole encoding. */
    public byte[] encoding() {
      return Arrays.copyOfRange(bytes, start, end);
    }

    public byte[] contentOctets() {
      return Arrays.copyOfRange(bytes, content, end);
    }

    /** An INTEGER, in as few octets as it needs. */
    public BigInteger integer() {
      return new BigInteger(bytes, content, minimal().contentLength());
    }

    /** This INTEGER, when it is as short as it can be: the same number has the same octets. */
    public Element minimal() {
      boolean padded =
          contentLength() > 1
              && (bytes[content] == 0 || bytes[content] == -1)
              && bytes[content] == bytes[content + 1] >> (Byte.SIZE - 1);
      if (contentLength() == 0 || padded) {
        throw new IllegalArgumentException("A number is not in DER");
      }
      return this;
    }

    /** A BIT STRING of whole octets, as every signature is. */
    public byte[] wholeOctets() {
      if (contentLength() < 1 || bytes[content] != 0) {
        throw new IllegalArgumentException("A signature has whole octets");
      }
      return Arrays.copyOfRange(bytes, content + 1, end);
    }
  }
}
