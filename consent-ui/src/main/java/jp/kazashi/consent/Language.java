package jp.kazashi.consent;

import java.util.Optional;
import java.util.stream.Stream;

/** A language of the screens. Each is complete: the build fails on a missing sentence. */
public enum Language {
  JA("ja", "日本語"),
  EN("en", "English");

  private final String tag;
  private final String ownName;

  Language(String tag, String ownName) {
    this.tag = tag;
    this.ownName = ownName;
  }

  /** The language with this BCP 47 tag. */
  public static Optional<Language> tagged(String tag) {
    return Stream.of(values()).filter(language -> language.tag.equals(tag)).findFirst();
  }

  public String tag() {
    return tag;
  }

  /** Its name as its own speakers write it. */
  public String ownName() {
    return ownName;
  }
}
