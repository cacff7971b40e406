package jp.kazashi.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import jp.kazashi.consent.CameraPreview.Guidance;
import jp.kazashi.reader.face.FaceReason;
import org.junit.jupiter.api.Test;

/** What a person reads under their own picture; the words are in every language of the kiosk. */
class KioskCameraTest {

  /** Somebody else in view and several persons are mended alike. */
  private static final EnumSet<FaceReason> ALIKE =
      EnumSet.of(
          FaceReason.OTHER_PERSON, FaceReason.CHALLENGE_NOT_FOLLOWED, FaceReason.TOO_FEW_FRAMES);

  @Test
  void whateverIsWrongBeforeTheCameraOrWithItIsToldByASentenceOfItsOwn() {
    Map<Guidance, List<FaceReason>> told = new EnumMap<>(Guidance.class);
    for (FaceReason reason : FaceReason.values()) {
      KioskCamera.guidance(reason)
          .ifPresent(
              guidance -> told.computeIfAbsent(guidance, _ -> new ArrayList<>()).add(reason));
    }

    assertThat(told.values())
        .allSatisfy(reasons ->
            assertThat(reasons).filteredOn(reason -> !ALIKE.contains(reason)).hasSize(1));
    assertThat(told.values().stream().flatMap(List::stream))
        .contains(
            FaceReason.NO_FACE,
            FaceReason.SEVERAL_FACES,
            FaceReason.TOO_FAR,
            FaceReason.TOO_DARK,
            FaceReason.BLURRED,
            FaceReason.TILTED,
            FaceReason.NOT_LIVE,
            FaceReason.BLACK,
            FaceReason.FROZEN);
  }

  @Test
  void aPictureOfTheCardIsNoAffairOfWhoStandsBeforeTheCamera() {
    assertThat(KioskCamera.guidance(FaceReason.TRUNCATED)).isEmpty();
    assertThat(KioskCamera.guidance(FaceReason.SIGNATURE_BROKEN)).isEmpty();
  }
}
