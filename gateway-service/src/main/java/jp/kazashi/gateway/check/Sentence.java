package jp.kazashi.gateway.check;

/** One thing said to a person, in the languages of the catalogue. */
public record Sentence(String ja, String en) {
  public Sentence {
    if (ja.isBlank() || en.isBlank()) {
      throw new IllegalArgumentException("a sentence says something in every language");
    }
  }
}
