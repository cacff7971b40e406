package jp.kazashi.reader.visit;

/** Is told of every state a visit comes to, in order, by the visit's own thread. */
@FunctionalInterface
public interface VisitWitness {

  void sees(Visit visit);

  /** First this one, then the other. */
  default VisitWitness and(VisitWitness other) {
    return visit -> {
      sees(visit);
      other.sees(visit);
    };
  }
}
