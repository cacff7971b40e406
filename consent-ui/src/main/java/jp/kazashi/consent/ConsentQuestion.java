package jp.kazashi.consent;

import java.util.List;

/** One question about records; a screen asks one at a time. */
public sealed interface ConsentQuestion {

  /** What it is about. */
  List<MedicalCategory> categories();

  /** Several kinds at once, with a way to answer one by one. */
  record Together(List<MedicalCategory> categories) implements ConsentQuestion {
    public Together {
      categories = List.copyOf(categories);
      if (categories.size() < 2) {
        throw new IllegalArgumentException("A bundled question is about two kinds or more");
      }
      if (categories.contains(MedicalCategory.SURGERY)) {
        throw new IllegalArgumentException("Surgery is always a question of its own");
      }
    }
  }

  /** One kind. */
  record One(MedicalCategory category) implements ConsentQuestion {
    @Override
    public List<MedicalCategory> categories() {
      return List.of(category);
    }
  }
}
