package jp.kazashi.load.judge;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.kazashi.jpki.verdict.ProofJudge;
import jp.kazashi.jpki.verdict.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One verdict on one core, beside the two RSA verifications it cannot do without. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class VerdictBenchmark {
  private final ProofJudge judge = new ProofJudge();
  private final WarmEvidence warm = WarmEvidence.make();

  @Setup
  public void everythingHolds() {
    for (Verdict verdict : List.of(byList(), byResponder())) {
      if (!(verdict instanceof Verdict.Trusted)) {
        throw new IllegalStateException("What is measured must be a whole verdict: " + verdict);
      }
    }
  }

  /** A prefetched list: the certificate's signature and the card's are all that is verified. */
  @Benchmark
  public Verdict byList() {
    return judge.judge(
        warm.proof, warm.statement, List.of(warm.list), warm.policy, WarmEvidence.NOW);
  }

  /** A cached answer of a delegated responder: two more signatures, judged anew each time. */
  @Benchmark
  public Verdict byResponder() {
    return judge.judge(
        warm.proof, warm.statement, List.of(warm.answer), warm.policy, WarmEvidence.NOW);
  }

  /** The floor: the same arithmetic without a judge. */
  @Benchmark
  public boolean twoVerifications() throws GeneralSecurityException {
    boolean first = verifies();
    boolean second = verifies();
    return first && second;
  }

  private boolean verifies() throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("SHA256withRSA", "SunRsaSign");
    verifier.initVerify(warm.holder.getPublic());
    verifier.update(warm.statement.bytes());
    return verifier.verify(warm.signature);
  }
}
