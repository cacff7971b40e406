package jp.kazashi.reader.face;

import jp.kazashi.consent.Sentence;

/** What a person is asked to do, so that a picture of them would not do it. */
public enum Move {
  TURN_LEFT("ゆっくり左を向いて、正面に戻ってください。", "Turn slowly to your left, and back."),
  TURN_RIGHT("ゆっくり右を向いて、正面に戻ってください。", "Turn slowly to your right, and back."),
  BLINK("まばたきをしてください。", "Blink.");

  private final String ja;
  private final String en;

  Move(String ja, String en) {
    this.ja = ja;
    this.en = en;
  }

  public Sentence sentence() {
    return new Sentence(ja, en);
  }
}
