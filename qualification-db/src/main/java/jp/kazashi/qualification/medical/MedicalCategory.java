package jp.kazashi.qualification.medical;

/** What a patient may consent to, by the words used everywhere. */
public enum MedicalCategory {
  MEDICATION("medication"),
  CHECKUP("checkup"),
  CARE("care"),
  SURGERY("surgery");

  private final String word;

  MedicalCategory(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static MedicalCategory ofWord(String word) {
    for (MedicalCategory category : values()) {
      if (category.word.equals(word)) {
        return category;
      }
    }
    throw new IllegalArgumentException("No medical category is called '" + word + "'");
  }
}
