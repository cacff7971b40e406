package jp.kazashi.qualification.store.reactive;

import java.util.List;
import jp.kazashi.qualification.intake.LineDigest;
import jp.kazashi.qualification.intake.LineLedger;
import jp.kazashi.qualification.store.Delivery;

/** A batch while a delivery of it is taken in: its number, its pieces, and the lines it has. */
final class OpenBatch {
  private final Delivery delivery;
  private volatile Ledger ledger;

  OpenBatch(Delivery delivery, Ledger ledger) {
    this.delivery = delivery;
    this.ledger = ledger;
  }

  record Ledger(int number, int pieces, LineLedger lines) {}

  Delivery delivery() {
    return delivery;
  }

  int number() {
    return ledger.number;
  }

  int pieces() {
    return ledger.pieces;
  }

  LineLedger ledger() {
    return ledger.lines;
  }

  void wrote(List<LineDigest> taken) {
    Ledger before = ledger;
    if (!taken.isEmpty()) {
      taken.forEach(before.lines::add);
      ledger = new Ledger(before.number, before.pieces + 1, before.lines);
    }
  }

  void reopen(Ledger read) {
    ledger = read;
  }
}
