package jp.kazashi.reader.myna;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Supplier;
import jp.kazashi.reader.card.ApduText;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;

/**
 * Whatever bytes a card sends, the reader answers with a value and never with an exception. Without
 * {@code JAZZER_FUZZ=1} the seeds are run; with it, one method for as long as it is told.
 */
class CardParserFuzzTest {

  private static final int LONGEST = 30 * 1024;

  @FuzzTest(maxDuration = "2m")
  void faceRecord(byte[] bytes) {
    OptionalInt length = FaceRecord.length(bytes, FaceApplet.RECORD);
    if (length.isPresent() && length.getAsInt() < 0) {
      throw new IllegalStateException("negative length");
    }
    FaceRecord.of(bytes, FaceApplet.RECORD)
        .flatMap(face -> face.field(FaceApplet.PORTRAIT))
        .filter(field -> field.length > bytes.length)
        .ifPresent(field -> {
          throw new IllegalStateException("a field longer than its file");
        });
  }

  @FuzzTest(maxDuration = "2m")
  void attributes(byte[] bytes) {
    var _ = AttributesRecord.read(bytes);
  }

  @FuzzTest(maxDuration = "2m")
  void certificateHeader(byte[] bytes) {
    OptionalInt length = DerLength.ofSequence(bytes);
    if (length.isPresent() && length.getAsInt() < 2) {
      throw new IllegalStateException("shorter than its own header");
    }
  }

  @FuzzTest(maxDuration = "2m")
  void apduText(byte[] bytes) {
    String text = ApduText.ofCommand(bytes) + ApduText.ofResponse(bytes);
    if (text.length() > 2_000) {
      throw new IllegalStateException("text that grows with what it withholds");
    }
  }

  /** A card made of nothing but noise: each step gets the next bytes as its answer. */
  @FuzzTest(maxDuration = "2m")
  void wholeVisitOverNoise(byte[] noise) {
    NoiseSession session = new NoiseSession(noise);
    var recognition = MynaCard.recognise(session);
    if (recognition instanceof Recognition.Recognised(MynaCard card)) {
      var _ = card.authenticationCertificate();
      var _ = card.pinTries();
      try (PinEntry pin = PinEntry.taking(new byte[] {'1', '2', '3', '4'})) {
        var _ = card.prove(pin, new byte[32]);
        var _ = card.attributes(pin);
      }
    }
    var _ =
        CardFiles.read(
            session, JpkiApplet.AUTHENTICATION_CERTIFICATE, DerLength::ofSequence, LONGEST);
  }

  private static final class NoiseSession implements CardSession {

    private final byte[] noise;
    private int at;

    private NoiseSession(byte[] noise) {
      this.noise = noise;
    }

    @Override
    public StepResult transmit(CardStep step) {
      if (at >= noise.length) {
        return new StepResult.CardGone();
      }
      int length = Math.min(noise[at++] & 0xFF, noise.length - at);
      byte[] data = Arrays.copyOfRange(noise, at, at + length);
      at += length;
      int statusWord = (length & 1) == 0 ? 0x9000 : 0x63C2;
      return step.accepts(statusWord)
          ? new StepResult.Accepted(data, statusWord)
          : new StepResult.Unexpected(step.name(), statusWord);
    }

    @Override
    public <R> R exclusively(Supplier<R> section) {
      return section.get();
    }

    @Override
    public void close() {}
  }
}
