package jp.kazashi.qualification.store.reactive;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.intake.IntakeTally;
import jp.kazashi.qualification.intake.RecordRule.Drafted;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Judges and writes the lines of one piece inside the transaction that is open. */
interface PieceWriter {
  /** How many lines make a piece. */
  int lines();

  /** What must be there before the transaction begins. */
  Uni<Void> prepare(List<Drafted> lines);

  /** What was prepared may be gone again. */
  void forget();

  Uni<Void> write(
      StatelessSession session, OpenBatch batch, List<Drafted> lines, IntakeTally tally);
}
