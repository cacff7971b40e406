package jp.kazashi.qualification.medical;

import jp.kazashi.qualification.coverage.Coded;

/** Where a medication record came from; a lower rank is the better word for the same day. */
public enum MedicationSource implements Coded {
  RECEIPT(1),
  DISPENSING(2),
  PRESCRIPTION(3);

  private final int rank;

  MedicationSource(int rank) {
    this.rank = rank;
  }

  @Override
  public String code() {
    return Integer.toString(rank);
  }

  public int rank() {
    return rank;
  }
}
