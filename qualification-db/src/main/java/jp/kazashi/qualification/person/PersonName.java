package jp.kazashi.qualification.person;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A name with every code point that was registered, its kana, and the form that a CP932 printer can
 * print.
 */
public record PersonName(String registered, @Nullable String kana) {
  private static final Charset CP932 = Charset.forName("windows-31j");
  private static final String GETA = "〓";

  /** Characters of names whose customary substitute is in CP932. */
  private static final Map<String, String> VARIANTS =
      Map.ofEntries(
          Map.entry("𠮷", "吉"),
          Map.entry("𡈽", "土"),
          Map.entry("𣘺", "橋"),
          Map.entry("𣳾", "泰"),
          Map.entry("𦚰", "脇"),
          Map.entry("𠀋", "丈"),
          Map.entry("𡚴", "妛"),
          Map.entry("𠮟", "叱"),
          Map.entry("\u301C", "～"),
          Map.entry("\u2212", "－"),
          Map.entry("\u2014", "―"),
          Map.entry("\u2016", "∥"));

  public PersonName {
    if (registered.isBlank() || registered.length() > 200) {
      throw new IllegalArgumentException("A name has 1 to 200 characters");
    }
    if (hasUnwritable(registered)) {
      throw new IllegalArgumentException("A name has no control characters and no half characters");
    }
    kana = kana == null || kana.isBlank() ? null : kana;
  }

  private static boolean hasUnwritable(String text) {
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int point = text.codePointAt(at);
      if (Character.isISOControl(point) || isLoneSurrogate(point)) {
        return true;
      }
    }
    return false;
  }

  /** What prints in CP932; {@link #glyphIssues} says where it differs from what was registered. */
  public String printable() {
    StringBuilder text = new StringBuilder();
    glyphs().forEach(glyph -> text.append(glyph.printed));
    return text.toString();
  }

  public List<GlyphIssue> glyphIssues() {
    List<GlyphIssue> issues = new ArrayList<>();
    List<Glyph> glyphs = glyphs();
    for (int position = 0; position < glyphs.size(); position++) {
      Glyph glyph = glyphs.get(position);
      if (glyph.issue != null) {
        issues.add(new GlyphIssue(position, glyph.registered, glyph.printed, glyph.issue));
      }
    }
    return issues;
  }

  private record Glyph(String registered, String printed, GlyphIssue.@Nullable Kind issue) {}

  private List<Glyph> glyphs() {
    CharsetEncoder cp932 = CP932.newEncoder();
    List<Glyph> glyphs = new ArrayList<>();
    int start = 0;
    while (start < registered.length()) {
      int end = endOfGlyph(start);
      glyphs.add(glyph(registered.substring(start, end), cp932));
      start = end;
    }
    return glyphs;
  }

  /** A character together with the selectors and sound marks that follow it. */
  private int endOfGlyph(int start) {
    int end = start + Character.charCount(registered.codePointAt(start));
    while (end < registered.length() && belongsToPrevious(registered.codePointAt(end))) {
      end += Character.charCount(registered.codePointAt(end));
    }
    return end;
  }

  private static Glyph glyph(String registered, CharsetEncoder cp932) {
    if (prints(registered, cp932)) {
      return new Glyph(registered, registered, null);
    }
    String composed = Normalizer.normalize(registered, Normalizer.Form.NFC);
    int base = registered.codePointAt(0);
    boolean soundMarkOnly = registered.codePoints().skip(1).anyMatch(PersonName::isSoundMark);
    if (soundMarkOnly
        && composed.codePointCount(0, composed.length()) == 1
        && prints(composed, cp932)) {
      return new Glyph(registered, composed, null);
    }
    String plain = Character.toString(base);
    if (!plain.equals(registered) && prints(plain, cp932)) {
      return new Glyph(registered, plain, GlyphIssue.Kind.VARIATION_DROPPED);
    }
    String variant =
        VARIANTS.getOrDefault(plain, Normalizer.normalize(plain, Normalizer.Form.NFKC));
    if (prints(variant, cp932)) {
      return new Glyph(registered, variant, GlyphIssue.Kind.VARIANT_PRINTED);
    }
    return new Glyph(registered, GETA, GlyphIssue.Kind.NOT_PRINTABLE);
  }

  /** Private characters are in CP932, but every machine prints another shape for them. */
  private static boolean prints(String text, CharsetEncoder cp932) {
    return cp932.canEncode(text)
        && text.codePoints().noneMatch(point -> Character.getType(point) == Character.PRIVATE_USE);
  }

  private static boolean belongsToPrevious(int point) {
    return isSoundMark(point)
        || (point >= 0xFE00 && point <= 0xFE0F)
        || (point >= 0xE0100 && point <= 0xE01EF);
  }

  private static boolean isSoundMark(int point) {
    return point == 0x3099 || point == 0x309A;
  }

  private static boolean isLoneSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  /** A name never reaches a log by accident. */
  @Override
  public String toString() {
    return "PersonName[…]";
  }
}
