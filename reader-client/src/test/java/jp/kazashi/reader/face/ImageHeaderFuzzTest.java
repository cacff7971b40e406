package jp.kazashi.reader.face;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import jp.kazashi.simulator.card.Portraits;

/**
 * Whatever bytes a card or a file has, its header is judged with a value and never with an
 * exception, and what is let through has the bounds that the decoder relies on. Without {@code
 * JAZZER_FUZZ=1} the seeds are run.
 */
class ImageHeaderFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void portraitOfACard(byte[] bytes) {
    judge(bytes);
  }

  /** Noise over a real portrait gets further than noise alone. */
  @FuzzTest(maxDuration = "2m")
  void damagedPortrait(byte[] noise) {
    byte[] portrait = Portraits.numbered(1);
    for (int i = 0; i + 2 < noise.length; i += 3) {
      int at = ((noise[i] & 0xFF) << 8 | (noise[i + 1] & 0xFF)) % portrait.length;
      portrait[at] = noise[i + 2];
    }
    judge(portrait);
    judge(Arrays.copyOf(portrait, portrait.length - noise.length % portrait.length));
  }

  @FuzzTest(maxDuration = "2m")
  void anyPicture(byte[] bytes) {
    if (ImageHeader.judge(bytes) instanceof ImageHeader.Judgement.Fine(ImageHeader header)
        && (long) header.width() * header.height() > 60_000_000) {
      throw new IllegalStateException("more points than are allowed");
    }
  }

  private static void judge(byte[] bytes) {
    if (Jp2Header.judge(bytes) instanceof Jp2Header.Judgement.Plain plain
        && (plain.width() > 640
            || plain.height() > 640
            || plain.width() < 32
            || plain.height() < 32
            || (plain.components() != 1 && plain.components() != 3)
            || bytes.length > Jp2Header.LARGEST)) {
      throw new IllegalStateException("let through beyond its bounds: " + plain);
    }
  }
}
