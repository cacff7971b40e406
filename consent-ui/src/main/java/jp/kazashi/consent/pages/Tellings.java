package jp.kazashi.consent.pages;

import java.util.Optional;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.Told;

/**
 * What the catalogues of reasons say, in one language of the kiosk. They speak the languages of the
 * staff themselves; a reason this terminal has not heard of yet is said in the nearest of those.
 */
final class Tellings {

  private final Language language;
  private final Optional<Words> translated;

  private Tellings(Language language, Optional<Words> translated) {
    this.language = language;
    this.translated = translated;
  }

  static Tellings in(Language language) {
    return new Tellings(
        language,
        Language.OF_STAFF.contains(language)
            ? Optional.empty()
            : Optional.of(Words.of("told", language)));
  }

  /** A sentence and the language it is in. */
  record Telling(String text, String lang) {}

  Telling of(Told told) {
    return translated
        .filter(words -> words.has(told.id()))
        .map(words -> new Telling(words.say(told.id()), language.lang()))
        .orElseGet(() -> new Telling(told.sentence().in(language), language.nearest().lang()));
  }
}
