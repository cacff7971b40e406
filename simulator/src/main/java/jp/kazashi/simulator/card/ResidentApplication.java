package jp.kazashi.simulator.card;

import java.util.List;
import java.util.random.RandomGenerator;

/** 住基AP: a key reference and a PIN are all that is known of it. */
final class ResidentApplication implements Application {

  private static final Aid AID = new Aid("D3921000310001010401");

  private final List<ElementaryFile> files;
  private final RandomGenerator random;

  ResidentApplication(
      String card, CardContents.Printing printing, PinCounters counters, RandomGenerator random) {
    this.random = random;
    this.files =
        List.of(
            new ElementaryFile.Records(0x0002, printing.issuer().keyId()),
            ElementaryFile.pin(
                0x001C,
                PinReference.resident(card),
                printing.face().pin(),
                counters,
                ElementaryFile.Pin.Change.BY_JICSAP_CHANGE_KEY));
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
