package jp.kazashi.reader.world;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import jp.kazashi.reader.link.FaceCalibration;
import jp.kazashi.reader.myna.PortraitReading;
import jp.kazashi.reader.visit.FaceCheck;

/**
 * The simulated world's face comparison: it looks at nobody and says what was written down. Screens
 * and answers of that world say so, and so does what it tells the gateway.
 */
public final class ScriptedFace implements FaceCheck.Matcher {

  public static final FaceCheck.Verdict MATCH =
      new FaceCheck.Verdict.Match(FaceCalibration.SCRIPTED);

  private final FaceCheck.Verdict verdict;

  public ScriptedFace(FaceCheck.Verdict verdict) {
    this.verdict = verdict;
  }

  @Override
  public FaceCheck.Verdict compare(PortraitReading.Read portrait, BooleanSupplier isCardThere) {
    boolean readable = portrait.jpeg2000().length > 0;
    Arrays.fill(portrait.jpeg2000(), (byte) 0);
    return readable ? verdict : FaceCheck.Verdict.Unconfirmed.CANNOT_READ;
  }
}
