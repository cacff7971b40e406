package jp.kazashi.reader.face;

/**
 * What a JPEG 2000 image says about itself (ISO/IEC 15444-1), judged before any decoder sees it. A
 * portrait is one plain tile of 8-bit points; everything else that the format allows has no place
 * on a card, and is where decoders break.
 */
public final class Jp2Header {

  /** Portraits have about 8 kB; the application that holds one has room for less than 32. */
  public static final int LARGEST = 64 * 1024;

  private static final int SHORTEST_SIDE = 32;
  private static final int LONGEST_SIDE = 640;
  private static final int DEEPEST_DECOMPOSITION = 10;
  private static final int MOST_LAYERS = 64;
  private static final int MOST_BOXES = 32;
  private static final int MOST_SEGMENTS = 128;

  private static final long SIGNATURE_BOX = 0x6A502020L;
  private static final long SIGNATURE = 0x0D0A870AL;
  private static final int SOC_SIZ = 0xFF4FFF51;

  /** What came of looking at one. */
  public sealed interface Judgement {
    record Plain(int width, int height, int components) implements Judgement {}

    record Refused(FaceReason reason) implements Judgement {}
  }

  private final byte[] bytes;

  private Jp2Header(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether it begins as an image of this kind does. */
  public static boolean begins(byte[] bytes) {
    Jp2Header header = new Jp2Header(bytes);
    return bytes.length >= 12 && (header.isBoxed() || header.int32(0) == (SOC_SIZ & 0xFFFFFFFFL));
  }

  public static Judgement judge(byte[] bytes) {
    if (bytes.length == 0) {
      return new Judgement.Refused(FaceReason.EMPTY);
    }
    if (bytes.length > LARGEST) {
      return new Judgement.Refused(FaceReason.TOO_LARGE);
    }
    if (!begins(bytes)) {
      return new Judgement.Refused(FaceReason.NOT_AN_IMAGE);
    }
    try {
      Jp2Header header = new Jp2Header(bytes);
      return header.isBoxed() ? header.boxed() : header.codestream(0, bytes.length);
    } catch (Refusal refusal) {
      return new Judgement.Refused(refusal.reason);
    }
  }

  private boolean isBoxed() {
    return int32(0) == 12 && int32(4) == SIGNATURE_BOX && int32(8) == SIGNATURE;
  }

  // ---------------------------------------------------------------- boxes, Annex I

  private Judgement boxed() throws Refusal {
    Judgement.Plain said = null;
    Judgement.Plain found = null;
    int at = 12;
    for (int boxes = 0; at < bytes.length; boxes++) {
      check(boxes < MOST_BOXES, FaceReason.CONTRADICTORY);
      Box box = box(at, bytes.length);
      switch (box.type()) {
        case "jp2h" -> {
          check(said == null && found == null, FaceReason.CONTRADICTORY);
          said = imageHeader(box);
        }
        case "jp2c" -> {
          check(said != null && found == null, FaceReason.CONTRADICTORY);
          found = codestream(box.start(), box.end());
        }
        default -> {
          // ftyp, uuid, xml and the like: nothing of them is used.
        }
      }
      at = box.end();
    }
    if (found == null) {
      throw new Refusal(FaceReason.TRUNCATED);
    }
    check(found.equals(said), FaceReason.CONTRADICTORY);
    return found;
  }

  private Judgement.Plain imageHeader(Box header) throws Refusal {
    Box first = box(header.start(), header.end());
    check(first.type().equals("ihdr") && first.length() == 14, FaceReason.CONTRADICTORY);
    int at = first.end();
    for (int boxes = 0; at < header.end(); boxes++) {
      check(boxes < MOST_BOXES, FaceReason.CONTRADICTORY);
      Box box = box(at, header.end());
      // Palettes and mappings of components: no portrait has them, and decoders broke on them.
      check(
          !box.type().equals("pclr") && !box.type().equals("cmap") && !box.type().equals("bpcc"),
          FaceReason.FORM_NOT_ALLOWED);
      at = box.end();
    }
    long height = int32(first.start());
    long width = int32(first.start() + 4);
    int components = int16(first.start() + 8);
    checkForm(width, height, components, bytes[first.start() + 10] & 0xFF);
    return new Judgement.Plain((int) width, (int) height, components);
  }

  private record Box(String type, int start, int end) {
    int length() {
      return end - start;
    }
  }

  private Box box(int at, int limit) throws Refusal {
    check(limit - at >= 8, FaceReason.TRUNCATED);
    long length = int32(at);
    String type =
        ""
            + (char) bytes[at + 4]
            + (char) bytes[at + 5]
            + (char) bytes[at + 6]
            + (char) bytes[at + 7];
    if (length == 0) {
      // To the end of the file: only the last one may say so.
      check(limit == bytes.length, FaceReason.CONTRADICTORY);
      return new Box(type, at + 8, limit);
    }
    check(length >= 8, FaceReason.CONTRADICTORY);
    check(length <= limit - at, FaceReason.TRUNCATED);
    return new Box(type, at + 8, at + (int) length);
  }

  // ---------------------------------------------------------------- codestream, Annex A

  private Judgement.Plain codestream(int from, int to) throws Refusal {
    check(to - from >= 4 + 40, FaceReason.TRUNCATED);
    check(int32(from) == (SOC_SIZ & 0xFFFFFFFFL), FaceReason.CONTRADICTORY);
    Judgement.Plain image = size(from + 2, to);
    int at = from + 4 + int16(from + 4);
    boolean coded = false;
    boolean quantised = false;
    for (int segments = 0; ; segments++) {
      check(segments < MOST_SEGMENTS, FaceReason.CONTRADICTORY);
      check(to - at >= 4, FaceReason.TRUNCATED);
      int marker = int16(at);
      int length = int16(at + 2);
      if (marker == 0xFF90) {
        check(coded && quantised, FaceReason.CONTRADICTORY);
        tileParts(at, to);
        return image;
      }
      check(length >= 2, FaceReason.CONTRADICTORY);
      check(length <= to - at - 2, FaceReason.TRUNCATED);
      switch (marker) {
        case 0xFF52 -> {
          check(!coded, FaceReason.CONTRADICTORY);
          codingStyle(at, length, image);
          coded = true;
        }
        case 0xFF5C -> quantised = true;
        // Lengths of packets, registration, comment, components' own quantisation.
        case 0xFF55, 0xFF57, 0xFF63, 0xFF64, 0xFF5D -> {}
        // Regions, orders that change, packed headers, other codings: not on a card.
        default -> throw new Refusal(FaceReason.FORM_NOT_ALLOWED);
      }
      at += 2 + length;
    }
  }

  private Judgement.Plain size(int at, int to) throws Refusal {
    int length = int16(at + 2);
    long width = int32(at + 6);
    long height = int32(at + 10);
    int components = int16(at + 38);
    checkForm(width, height, components, 7);
    check(length == 38 + 3 * components, FaceReason.CONTRADICTORY);
    check(length <= to - at - 2, FaceReason.TRUNCATED);
    check(int32(at + 14) == 0 && int32(at + 18) == 0, FaceReason.FORM_NOT_ALLOWED);
    check(int32(at + 22) >= width && int32(at + 26) >= height, FaceReason.TILES_NOT_ALLOWED);
    check(int32(at + 30) == 0 && int32(at + 34) == 0, FaceReason.TILES_NOT_ALLOWED);
    for (int component = 0; component < components; component++) {
      int own = at + 40 + 3 * component;
      check(
          bytes[own] == 7 && bytes[own + 1] == 1 && bytes[own + 2] == 1,
          FaceReason.FORM_NOT_ALLOWED);
    }
    return new Judgement.Plain((int) width, (int) height, components);
  }

  private void codingStyle(int at, int length, Judgement.Plain image) throws Refusal {
    check(length >= 12, FaceReason.CONTRADICTORY);
    int layers = int16(at + 6);
    int colours = bytes[at + 8] & 0xFF;
    int levels = bytes[at + 9] & 0xFF;
    int blockWidth = bytes[at + 10] & 0xFF;
    int blockHeight = bytes[at + 11] & 0xFF;
    check(layers >= 1 && layers <= MOST_LAYERS, FaceReason.FORM_NOT_ALLOWED);
    check(colours <= (image.components() == 3 ? 1 : 0), FaceReason.CONTRADICTORY);
    check(levels <= DEEPEST_DECOMPOSITION, FaceReason.FORM_NOT_ALLOWED);
    check(
        blockWidth <= 8 && blockHeight <= 8 && blockWidth + blockHeight <= 8,
        FaceReason.FORM_NOT_ALLOWED);
    check((bytes[at + 13] & 0xFF) <= 1, FaceReason.FORM_NOT_ALLOWED);
    boolean precincts = (bytes[at + 4] & 1) != 0;
    check(length == (precincts ? 13 + levels : 12), FaceReason.CONTRADICTORY);
    for (int level = 0; precincts && level <= levels; level++) {
      int exponents = bytes[at + 14 + level] & 0xFF;
      // Precincts of one point make more packets than an image has points.
      check((exponents & 15) >= 4 && exponents >> 4 >= 4, FaceReason.FORM_NOT_ALLOWED);
    }
  }

  /** All parts belong to the one tile, follow each other, and end with the end. */
  private void tileParts(int from, int to) throws Refusal {
    int at = from;
    for (int parts = 0; ; parts++) {
      check(parts < MOST_SEGMENTS, FaceReason.CONTRADICTORY);
      check(to - at >= 2, FaceReason.TRUNCATED);
      if (int16(at) == 0xFFD9) {
        check(parts > 0, FaceReason.CONTRADICTORY);
        return;
      }
      check(to - at >= 14, FaceReason.TRUNCATED);
      check(int16(at) == 0xFF90 && int16(at + 2) == 10, FaceReason.CONTRADICTORY);
      check(int16(at + 4) == 0, FaceReason.TILES_NOT_ALLOWED);
      long length = int32(at + 6);
      int end = length == 0 ? to - 2 : at + (int) Math.min(length, Integer.MAX_VALUE - at);
      check(length == 0 || length >= 14, FaceReason.CONTRADICTORY);
      check(end <= to - 2, FaceReason.TRUNCATED);
      tilePartHeader(at + 12, end);
      at = end;
    }
  }

  private void tilePartHeader(int from, int to) throws Refusal {
    int at = from;
    for (int segments = 0; int16(at) != 0xFF93; segments++) {
      check(segments < MOST_SEGMENTS, FaceReason.CONTRADICTORY);
      check(to - at >= 4, FaceReason.TRUNCATED);
      int marker = int16(at);
      int length = int16(at + 2);
      // Within a tile only lengths of packets and comments; nothing that codes it otherwise.
      check(marker == 0xFF58 || marker == 0xFF64, FaceReason.FORM_NOT_ALLOWED);
      check(length >= 2, FaceReason.CONTRADICTORY);
      check(length <= to - at - 4, FaceReason.TRUNCATED);
      at += 2 + length;
    }
  }

  private static void checkForm(long width, long height, int components, int depth) throws Refusal {
    check(
        width >= SHORTEST_SIDE
            && height >= SHORTEST_SIDE
            && width <= LONGEST_SIDE
            && height <= LONGEST_SIDE,
        FaceReason.SIZE_NOT_ALLOWED);
    check(components == 1 || components == 3, FaceReason.FORM_NOT_ALLOWED);
    check(depth == 7, FaceReason.FORM_NOT_ALLOWED);
  }

  // ---------------------------------------------------------------- bytes

  private static void check(boolean holds, FaceReason otherwise) throws Refusal {
    if (!holds) {
      throw new Refusal(otherwise);
    }
  }

  private int int16(int at) {
    return at + 2 > bytes.length ? 0 : (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private long int32(int at) {
    return (long) int16(at) << 16 | int16(at + 2);
  }

  /** Never leaves this class. */
  private static final class Refusal extends Exception {
    private final FaceReason reason;

    Refusal(FaceReason reason) {
      super(reason.name(), null, false, false);
      this.reason = reason;
    }
  }
}
