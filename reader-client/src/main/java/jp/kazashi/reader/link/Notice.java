package jp.kazashi.reader.link;

import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.Told;

/** Something the patient and the desk should know, beside the answer. */
public record Notice(String id, Sentence patient, Sentence desk) {

  /** For the patient, in whatever language they read. */
  public Told told() {
    return new Told(id, patient);
  }
}
