package jp.kazashi.reader.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import jp.kazashi.simulator.card.Portraits;
import org.junit.jupiter.api.Test;

class Jp2HeaderTest {

  private static final int MARKER_SIZ = 0xFF51;
  private static final int MARKER_COD = 0xFF52;

  private final byte[] portrait = Portraits.numbered(1);

  @Test
  void everyPortraitOfTheDeckIsPlain() {
    IntStream.rangeClosed(1, Portraits.COUNT)
        .forEach(number ->
            assertThat(Jp2Header.judge(Portraits.numbered(number)))
                .isEqualTo(new Jp2Header.Judgement.Plain(180, 240, 1)));
  }

  @Test
  void codestreamWithoutItsBoxesIsPlainToo() {
    byte[] bare = Arrays.copyOfRange(portrait, find(0xFF4F), portrait.length);

    assertThat(Jp2Header.judge(bare)).isEqualTo(new Jp2Header.Judgement.Plain(180, 240, 1));
  }

  @Test
  void whateverIsCutOffIsNeverPlain() {
    IntStream.range(0, portrait.length - 2)
        .forEach(length ->
            assertThat(Jp2Header.judge(Arrays.copyOf(portrait, length)))
                .as("%d bytes", length)
                .isInstanceOf(Jp2Header.Judgement.Refused.class));
    assertThat(refusal(Arrays.copyOf(portrait, portrait.length / 2)))
        .isEqualTo(FaceReason.TRUNCATED);
  }

  @Test
  void nothingIsNotAnImageAndEmpty() {
    assertThat(refusal(new byte[0])).isEqualTo(FaceReason.EMPTY);
    assertThat(refusal(new byte[100])).isEqualTo(FaceReason.NOT_AN_IMAGE);
  }

  @Test
  void longerThanAnyCardCanHoldIsRefusedUnread() {
    assertThat(refusal(new byte[64 * 1024 * 1024])).isEqualTo(FaceReason.TOO_LARGE);
    assertThat(refusal(Arrays.copyOf(portrait, Jp2Header.LARGEST + 1)))
        .isEqualTo(FaceReason.TOO_LARGE);
  }

  @Test
  void hugeAndTinyImagesAreRefused() {
    int siz = find(MARKER_SIZ);

    assertThat(refusal(bare(with32(siz + 6, 60_000)))).isEqualTo(FaceReason.SIZE_NOT_ALLOWED);
    assertThat(refusal(bare(with32(siz + 10, 0xFFFFFFFF)))).isEqualTo(FaceReason.SIZE_NOT_ALLOWED);
    assertThat(refusal(bare(with32(siz + 6, 1)))).isEqualTo(FaceReason.SIZE_NOT_ALLOWED);
  }

  @Test
  void tilesAreRefused() {
    int siz = find(MARKER_SIZ);

    assertThat(refusal(with32(siz + 22, 1))).isEqualTo(FaceReason.TILES_NOT_ALLOWED);
    assertThat(refusal(with32(siz + 30, 5))).isEqualTo(FaceReason.TILES_NOT_ALLOWED);
  }

  @Test
  void componentsAndDepthsThatNoPortraitHasAreRefused() {
    int siz = find(MARKER_SIZ);

    assertThat(refusal(bare(with16(siz + 38, 4)))).isEqualTo(FaceReason.FORM_NOT_ALLOWED);
    assertThat(refusal(bare(with8(siz + 40, 15)))).isEqualTo(FaceReason.FORM_NOT_ALLOWED);
    assertThat(refusal(bare(with8(siz + 41, 0)))).isEqualTo(FaceReason.FORM_NOT_ALLOWED);
  }

  @Test
  void boxesAndCodestreamThatContradictEachOtherAreRefused() {
    int siz = find(MARKER_SIZ);

    assertThat(refusal(with32(siz + 6, 179))).isEqualTo(FaceReason.CONTRADICTORY);
  }

  @Test
  void codingsThatDecodersBrokeOnAreRefused() {
    int cod = find(MARKER_COD);

    assertThat(refusal(with16(cod + 6, 65_535))).isEqualTo(FaceReason.FORM_NOT_ALLOWED);
    assertThat(refusal(with8(cod + 9, 32))).isEqualTo(FaceReason.FORM_NOT_ALLOWED);
    assertThat(refusal(with8(cod + 10, 255))).isEqualTo(FaceReason.FORM_NOT_ALLOWED);
    // Instead of the coding style: regions (RGN).
    assertThat(refusal(with16(cod, 0xFF5E))).isEqualTo(FaceReason.FORM_NOT_ALLOWED);
  }

  private byte[] bare(byte[] changed) {
    return Arrays.copyOfRange(changed, find(0xFF4F), changed.length);
  }

  private static FaceReason refusal(byte[] bytes) {
    return ((Jp2Header.Judgement.Refused) Jp2Header.judge(bytes)).reason();
  }

  private int find(int marker) {
    return IntStream.range(0, portrait.length - 1)
        .filter(at -> (portrait[at] & 0xFF) == marker >> 8)
        .filter(at -> (portrait[at + 1] & 0xFF) == (marker & 0xFF))
        .findFirst()
        .orElseThrow();
  }

  private byte[] with8(int at, int value) {
    byte[] changed = portrait.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private byte[] with16(int at, int value) {
    byte[] changed = portrait.clone();
    ByteBuffer.wrap(changed).putShort(at, (short) value);
    return changed;
  }

  private byte[] with32(int at, int value) {
    byte[] changed = portrait.clone();
    ByteBuffer.wrap(changed).putInt(at, value);
    return changed;
  }
}
