package jp.kazashi.consent;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A kind of medical record a patient may let this institution see. */
public enum MedicalCategory {
  MEDICATION,
  CHECKUP,
  CARE,
  SURGERY;

  /** The category with this word of the wire. */
  public static Optional<MedicalCategory> named(String word) {
    return Stream.of(values()).filter(category -> category.word().equals(word)).findFirst();
  }

  /** The word used on the wire and on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
