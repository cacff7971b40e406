package jp.kazashi.reader.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jp.kazashi.simulator.card.Portraits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildDecoderTest {

  private static Path library = Path.of("");

  @BeforeAll
  static void load() {
    library = SharedFaces.library();
  }

  @Test
  void portraitsAreDecodedEachInAProcessOfItsOwn() {
    try (ChildDecoder decoder = new ChildDecoder(library)) {
      for (int number = 1; number <= 2; number++) {
        Pixels.Decoding decoding = decoder.decode(Portraits.numbered(number));

        try (Pixels pixels = ((Pixels.Decoding.Decoded) decoding).pixels()) {
          assertThat(pixels.width()).isEqualTo(180);
          assertThat(pixels.height()).isEqualTo(240);
          assertThat(FaceMeasure.Spread.of(pixels.bgr()).deviation()).isGreaterThan(10);
        }
      }
    }
  }

  @Test
  void childThatSaysNothingIsEndedAndTheVisitGoesOn() {
    try (ChildDecoder decoder =
        new ChildDecoder(ChildDecoder.command(Silent.class.getName()), Duration.ofMillis(700))) {
      assertThat(decoder.decode(Portraits.numbered(1)))
          .isEqualTo(new Pixels.Decoding.Refused(FaceReason.DECODER_SILENT));
    }
  }

  @Test
  void childThatBreaksOrCannotBeStartedIsAPortraitThatIsNotDecoded() {
    for (List<String> command :
        List.of(ChildDecoder.command(Broken.class.getName()), List.of("/no/such/program"))) {
      try (ChildDecoder decoder = new ChildDecoder(command, Duration.ofSeconds(20))) {
        assertThat(decoder.decode(Portraits.numbered(1)))
            .isEqualTo(new Pixels.Decoding.Refused(FaceReason.NOT_DECODED));
      }
    }
  }

  @Test
  void hostileHeaderReachesNoProcess() {
    byte[] portrait = Portraits.numbered(1);
    try (ChildDecoder decoder =
        new ChildDecoder(List.of("/no/such/program"), Duration.ofSeconds(20))) {
      assertThat(decoder.decode(Arrays.copyOf(portrait, 4_000)))
          .isEqualTo(new Pixels.Decoding.Refused(FaceReason.TRUNCATED));
      assertThat(decoder.decode(new byte[64 * 1024 * 1024]))
          .isEqualTo(new Pixels.Decoding.Refused(FaceReason.TOO_LARGE));
    }
  }

  /** Reads nothing and says nothing. */
  static final class Silent {
    private Silent() {}

    public static void main(String[] arguments) throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  /** Ends in the middle of its answer. */
  static final class Broken {
    private Broken() {}

    public static void main(String[] arguments) throws IOException {
      System.out.write(new byte[] {0, 0, 0, (byte) 180, 0, 0});
      System.out.flush();
    }
  }
}
