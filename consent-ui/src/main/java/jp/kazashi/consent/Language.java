package jp.kazashi.consent;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A language of the kiosk. Each is complete: the build fails on a missing sentence. */
public enum Language {
  JA("ja", "日本語"),
  JA_EASY("ja-easy", "やさしい日本語"),
  EN("en", "English"),
  ZH_HANS("zh-Hans", "简体中文"),
  ZH_HANT("zh-Hant", "繁體中文"),
  KO("ko", "한국어"),
  VI("vi", "Tiếng Việt"),
  PT_BR("pt-BR", "Português");

  /** What the desk is written in. */
  public static final List<Language> OF_STAFF = List.of(JA, EN);

  private final String tag;
  private final String ownName;

  Language(String tag, String ownName) {
    this.tag = tag;
    this.ownName = ownName;
  }

  /** The language of this name. */
  public static Optional<Language> tagged(String tag) {
    return Stream.of(values()).filter(language -> language.tag.equals(tag)).findFirst();
  }

  /** Its name in addresses and files. */
  public String tag() {
    return tag;
  }

  /** Its BCP 47 tag, which has no word for easy Japanese. */
  public String lang() {
    return this == JA_EASY ? JA.tag : tag;
  }

  /** The language of {@link #OF_STAFF} that its readers come nearest to reading. */
  public Language nearest() {
    return switch (this) {
      case JA, JA_EASY -> JA;
      case EN, ZH_HANS, ZH_HANT, KO, VI, PT_BR -> EN;
    };
  }

  /** Its name as its own speakers write it. */
  public String ownName() {
    return ownName;
  }
}
