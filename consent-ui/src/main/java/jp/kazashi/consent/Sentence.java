package jp.kazashi.consent;

/** One sentence for a human, in the languages the staff read. */
public record Sentence(String ja, String en) {

  public Sentence {
    if (ja.isBlank() || en.isBlank()) {
      throw new IllegalArgumentException("A sentence says something in every language");
    }
  }

  public String in(Language language) {
    return language.nearest() == Language.JA ? ja : en;
  }
}
