package jp.kazashi.qualification.store.reactive;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kazashi.qualification.medical.MedicalCategory;

/** Categories as one column: their words, in order, with commas. */
final class CategoryWords {
  private CategoryWords() {}

  static String write(Set<MedicalCategory> categories) {
    return categories.stream().sorted().map(MedicalCategory::word).collect(Collectors.joining(","));
  }

  static Set<MedicalCategory> read(String words) {
    return words.isEmpty()
        ? Set.of()
        : Arrays.stream(words.split(",", -1))
            .map(MedicalCategory::ofWord)
            .collect(Collectors.toUnmodifiableSet());
  }
}
