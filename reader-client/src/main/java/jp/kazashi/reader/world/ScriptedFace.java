package jp.kazashi.reader.world;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import jp.kazashi.reader.visit.FaceCheck;

/**
 * The simulated world's face comparison: it looks at nobody and says what was written down. Screens
 * and answers of that world say so.
 */
public final class ScriptedFace implements FaceCheck.Matcher {

  private final FaceCheck.Verdict verdict;

  public ScriptedFace(FaceCheck.Verdict verdict) {
    this.verdict = verdict;
  }

  @Override
  public FaceCheck.Verdict compare(byte[] jpeg2000, BooleanSupplier isCardThere) {
    boolean readable = jpeg2000.length > 0;
    Arrays.fill(jpeg2000, (byte) 0);
    return readable ? verdict : FaceCheck.Verdict.CANNOT_READ;
  }
}
