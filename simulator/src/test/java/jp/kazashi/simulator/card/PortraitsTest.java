package jp.kazashi.simulator.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortraitsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void portraitIsAGreyJpeg2000PictureThatFitsOnACard(int number) throws IOException {
    byte[] portrait = Portraits.numbered(number);
    // The signature box of the JP2 container (ISO 15444-1 annex I.5.1).
    assertThat(HexFormat.of().formatHex(portrait, 0, 12)).isEqualTo("0000000c6a5020200d0a870a");
    assertThat(portrait.length).isLessThan(10_000);
    BufferedImage image = decoded(portrait);
    assertThat(image.getWidth()).isEqualTo(PortraitMaker.WIDTH);
    assertThat(image.getHeight()).isEqualTo(PortraitMaker.HEIGHT);
    assertThat(image.getRaster().getNumBands()).isEqualTo(1);
  }

  @Test
  void portraitsDifferAndBeginAgainAfterTheLast() {
    Set<String> seen = new HashSet<>();
    for (int number = 1; number <= Portraits.COUNT; number++) {
      seen.add(HexFormat.of().formatHex(Portraits.numbered(number)));
    }
    assertThat(seen).hasSize(Portraits.COUNT);
    assertThat(Portraits.numbered(Portraits.COUNT + 1)).isEqualTo(Portraits.numbered(1));
  }

  @Test
  void committedPictureIsWhatTheMakerDraws() throws IOException {
    BufferedImage committed = decoded(Portraits.numbered(5));
    BufferedImage drawn = PortraitMaker.drawn(5);
    long difference = 0;
    for (int y = 0; y < PortraitMaker.HEIGHT; y++) {
      for (int x = 0; x < PortraitMaker.WIDTH; x++) {
        difference +=
            Math.abs(
                committed.getRaster().getSample(x, y, 0) - drawn.getRaster().getSample(x, y, 0));
      }
    }
    assertThat(difference / (PortraitMaker.WIDTH * PortraitMaker.HEIGHT)).isLessThan(6);
  }

  private static BufferedImage decoded(byte[] portrait) throws IOException {
    ImageReader reader = new J2KImageReaderSpi().createReaderInstance(null);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(portrait))) {
      reader.setInput(in);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }
}
