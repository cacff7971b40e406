package jp.kazashi.qualification.medical;

/** Where a medication record came from; a lower rank is the better word for the same day. */
public enum MedicationSource {
  RECEIPT(1),
  DISPENSING(2),
  PRESCRIPTION(3);

  private final int rank;

  MedicationSource(int rank) {
    this.rank = rank;
  }

  public int rank() {
    return rank;
  }
}
