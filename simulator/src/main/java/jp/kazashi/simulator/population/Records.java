package jp.kazashi.simulator.population;

/** Who is told what happened to one person, in the order of days. */
interface Records {
  enum Source {
    RECEIPT,
    DISPENSING
  }

  /** What follows happens under this coverage, until the next. */
  void covered(Spell spell);

  void medication(
      int day, Source source, Facility facility, Facility prescriber, Drug drug, int days);

  void care(int day, Facility facility, Act act, int times);

  void surgery(int day, Facility facility, Act act);

  /** The values in the order of {@link Item}; not a number where it was not measured. */
  void checkup(int day, Facility facility, CheckupKind kind, double[] values);

  /** Kind of report and programme. */
  enum CheckupKind {
    SPECIFIC("10", "010"),
    EMPLOYER("41", "030"),
    LATE_ELDERLY("40", "020");

    private final String code;
    private final String programme;

    CheckupKind(String code, String programme) {
      this.code = code;
      this.programme = programme;
    }

    String code() {
      return code;
    }

    String programme() {
      return programme;
    }
  }
}
