package jp.kazashi.qualification.medical;

import java.util.List;

/** The 43 laboratory items and 5 infections of the sharing service (D7, AC-17). */
public final class LabCatalogue {
  private static final String FILE = "lab-items.csv";

  private LabCatalogue() {}

  public enum Group {
    BIOCHEMISTRY,
    HAEMATOLOGY,
    URINE,
    ENDOCRINE,
    IMMUNOLOGY,
    INFECTION
  }

  /** An item under its short code. */
  public record Item(String code, String name, Group group) {
    public boolean infection() {
      return group == Group.INFECTION;
    }
  }

  public static List<Item> items() {
    return CodeTable.rows(LabCatalogue.class, FILE).stream()
        .map(fields -> new Item(fields[0], fields[1], Group.valueOf(fields[2])))
        .toList();
  }
}
