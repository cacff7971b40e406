package jp.kazashi.consent;

/** One sentence for a human, in every language it has to be said in. */
public record Sentence(String ja, String en) {

  public Sentence {
    if (ja.isBlank() || en.isBlank()) {
      throw new IllegalArgumentException("A sentence says something in every language");
    }
  }

  public String in(Language language) {
    return switch (language) {
      case JA -> ja;
      case EN -> en;
    };
  }
}
