package jp.kazashi.reader.face;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kind and size that an image file states, read before it is decoded: a small file may unfold
 * to more points than there is memory.
 */
record ImageHeader(Kind kind, int width, int height) {

  /** A photograph of 60 million points has about 30 MB. */
  static final int LARGEST_FILE = 32 * 1024 * 1024;

  private static final int SHORTEST_SIDE = 32;
  private static final long MOST_POINTS = 60_000_000;

  private static final byte[] JPEG_END = {(byte) 0xFF, (byte) 0xD9};
  private static final byte[] PNG_END = {'I', 'E', 'N', 'D'};

  enum Kind {
    JPEG,
    PNG,
    JPEG_2000
  }

  /** What came of looking at a file's first bytes. */
  sealed interface Judgement {
    record Fine(ImageHeader header) implements Judgement {}

    record Refused(FaceReason reason) implements Judgement {}
  }

  static Judgement judge(byte[] bytes) {
    if (bytes.length == 0) {
      return new Judgement.Refused(FaceReason.EMPTY);
    }
    if (bytes.length > LARGEST_FILE) {
      return new Judgement.Refused(FaceReason.TOO_LARGE);
    }
    if (Jp2Header.begins(bytes)) {
      return switch (Jp2Header.judge(bytes)) {
        case Jp2Header.Judgement.Plain plain ->
            new Judgement.Fine(new ImageHeader(Kind.JPEG_2000, plain.width(), plain.height()));
        case Jp2Header.Judgement.Refused refused -> new Judgement.Refused(refused.reason());
      };
    }
    if (isPng(bytes)) {
      return bytes.length < 24 || !hasEnd(bytes, 24, PNG_END)
          ? new Judgement.Refused(FaceReason.TRUNCATED)
          : bounded(new ImageHeader(Kind.PNG, int32(bytes, 16), int32(bytes, 20)));
    }
    if (isJpeg(bytes)) {
      return jpegSize(bytes)
          .map(ImageHeader::bounded)
          .orElseGet(() -> new Judgement.Refused(FaceReason.TRUNCATED));
    }
    return new Judgement.Refused(FaceReason.NOT_AN_IMAGE);
  }

  private static Judgement bounded(ImageHeader header) {
    return header.width < SHORTEST_SIDE
            || header.height < SHORTEST_SIDE
            || (long) header.width * header.height > MOST_POINTS
        ? new Judgement.Refused(FaceReason.SIZE_NOT_ALLOWED)
        : new Judgement.Fine(header);
  }

  private static boolean isPng(byte[] bytes) {
    return bytes.length >= 8 && int32(bytes, 0) == 0x89504E47 && int32(bytes, 4) == 0x0D0A1A0A;
  }

  private static boolean isJpeg(byte[] bytes) {
    return bytes.length >= 3
        && (bytes[0] & 0xFF) == 0xFF
        && (bytes[1] & 0xFF) == 0xD8
        && (bytes[2] & 0xFF) == 0xFF;
  }

  /** From the frame header (SOF); empty if the file ends before it. */
  private static Optional<ImageHeader> jpegSize(byte[] bytes) {
    int at = 2;
    while (at + 9 <= bytes.length) {
      if ((bytes[at] & 0xFF) != 0xFF) {
        return Optional.empty();
      }
      int marker = bytes[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++;
      } else if (marker >= 0xC0
          && marker <= 0xCF
          && marker != 0xC4
          && marker != 0xC8
          && marker != 0xCC) {
        // Within the coded points these two bytes cannot stand: they are the end, or it is missing.
        return hasEnd(bytes, at, JPEG_END)
            ? Optional.of(new ImageHeader(Kind.JPEG, int16(bytes, at + 7), int16(bytes, at + 5)))
            : Optional.empty();
      } else {
        at += 2 + int16(bytes, at + 2);
      }
    }
    return Optional.empty();
  }

  private static boolean hasEnd(byte[] bytes, int from, byte[] end) {
    for (int at = bytes.length - end.length; at >= from; at--) {
      if (Arrays.equals(bytes, at, at + end.length, end, 0, end.length)) {
        return true;
      }
    }
    return false;
  }

  private static int int16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private static int int32(byte[] bytes, int at) {
    return int16(bytes, at) << 16 | int16(bytes, at + 2);
  }
}
