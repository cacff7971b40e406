package jp.kazashi.simulator.card;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** 共通カードAP: which card this is, and the one key that answers INTERNAL AUTHENTICATE. */
final class CommonApplication implements Application {

  private static final Aid AID = new Aid("D3921000310001010100");

  private final List<ElementaryFile> files;
  private final RandomGenerator random;

  CommonApplication(
      String card, CardContents.Printing printing, PinCounters counters, RandomGenerator random) {
    this.random = random;
    this.files =
        List.of(
            new ElementaryFile.Records(0x0001, identity(printing.face())),
            new ElementaryFile.Records(0x0002, printing.issuer().keyId()),
            new ElementaryFile.ChallengeKey(0x0019, printing.presence().getPrivate()),
            ElementaryFile.pin(
                0x001C,
                PinReference.common(card),
                printing.face().pin(),
                counters,
                ElementaryFile.Pin.Change.BY_JICSAP_CHANGE_KEY));
  }

  /** Serial number, municipality and last day: 28 digits behind a tag and a length. */
  private static byte[] identity(CardFace face) {
    String digits = face.serial() + face.municipality() + face.lastDay();
    return Tlv.of(0x01, digits.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public Aid aid() {
    return AID;
  }

  @Override
  public Selection select() {
    return new FileSelection(files, random);
  }
}
