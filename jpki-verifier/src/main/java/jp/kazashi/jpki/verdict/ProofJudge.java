package jp.kazashi.jpki.verdict;

import java.time.Instant;
import java.util.List;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.statement.ChallengeStatement;

/** Judges a proof. Pure: the same evidence gives the same verdict years later. */
@SuppressWarnings("DoNotCallSuggester")
public final class ProofJudge {
  public Verdict judge(
      UntrustedProof proof,
      ChallengeStatement statement,
      List<RevocationEvidence> evidence,
      JudgePolicy policy,
      Instant at) {
    throw new UnsupportedOperationException("judge");
  }
}
