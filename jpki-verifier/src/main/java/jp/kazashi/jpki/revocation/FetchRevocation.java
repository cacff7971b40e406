package jp.kazashi.jpki.revocation;

import java.util.List;
import java.util.concurrent.CompletionStage;
import jp.kazashi.jpki.certificate.CertId;

/** Gathers evidence about a certificate. Decides nothing, and never fails: silence is evidence. */
public interface FetchRevocation {
  /**
   * Turns to one source after the other until what was gathered decides.
   *
   * @param soFar asked after every piece
   */
  CompletionStage<List<RevocationEvidence>> about(CertId certificate, SoFar soFar);

  /** What the pieces prove together, as the judge sees it: the gatherer cannot. */
  interface SoFar {
    RevocationStatus judged(List<RevocationEvidence> gathered);
  }
}
