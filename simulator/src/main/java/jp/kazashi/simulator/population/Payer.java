package jp.kazashi.simulator.population;

/** Who pays for care: an insurer or, for medical aid, a welfare office. None of them exists. */
public record Payer(Kind kind, String number, String name) {
  /** In the order of {@link Japan#MEMBERS}, then medical aid. */
  public enum Kind {
    ASSOCIATION,
    SOCIETY,
    MUTUAL_AID,
    NATIONAL,
    LATE_ELDERLY,
    WELFARE;

    boolean ofEmployees() {
      return this == ASSOCIATION || this == SOCIETY || this == MUTUAL_AID;
    }
  }
}
