package jp.kazashi.simulator.card;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A card of the deck. It can be in several readers at once, which no real card can; those
 * insertions share the PIN counters and nothing else.
 */
public final class VirtualCard {

  private final String name;
  private final Optional<String> printedNumber;
  private final boolean signsWithoutPin;
  private final byte[] atr;
  private final List<Application> applications;
  private final CardPace pace;
  private final FaultScript faults;
  private final Pause pause;

  public VirtualCard(CardContents contents, PinCounters counters) {
    this(contents, counters, new SecureRandom());
  }

  /**
   * A card as it leaves its maker: instant, and without a fault.
   *
   * @param random what its challenges are made of
   */
  public VirtualCard(CardContents contents, PinCounters counters, RandomGenerator random) {
    this(
        contents.name(),
        contents.printing().map(printing -> printing.face().verificationNumberB()),
        contents.terminalAuthority().isPresent(),
        contents.atr(),
        applications(contents, counters, random),
        CardPace.INSTANT,
        FaultScript.none(),
        Pause.real());
  }

  private VirtualCard(
      String name,
      Optional<String> printedNumber,
      boolean signsWithoutPin,
      byte[] atr,
      List<Application> applications,
      CardPace pace,
      FaultScript faults,
      Pause pause) {
    this.name = name;
    this.printedNumber = printedNumber;
    this.signsWithoutPin = signsWithoutPin;
    this.atr = atr;
    this.applications = List.copyOf(applications);
    this.pace = pace;
    this.faults = faults;
    this.pause = pause;
  }

  /** A name that was cut short selects the first that fits: the order is that of the card. */
  private static List<Application> applications(
      CardContents contents, PinCounters counters, RandomGenerator random) {
    List<Application> applications = new ArrayList<>();
    applications.add(new JpkiApplication(contents, counters, random));
    contents
        .printing()
        .ifPresent(printing -> {
          String card = contents.name();
          applications.add(new CommonApplication(card, printing, counters, random));
          applications.add(new ResidentApplication(card, printing, counters, random));
          applications.add(
              new LateApplication(
                  FaceApplication.AID,
                  () -> new FaceApplication(card, printing, counters, random)));
          applications.add(
              new LateApplication(
                  TextApplication.AID,
                  () -> new TextApplication(card, printing, counters, random)));
        });
    return applications;
  }

  /** The same card at another pace; counters are shared. */
  public VirtualCard paced(CardPace next) {
    return with(next, faults, pause);
  }

  /** The same card with faults; counters are shared. */
  public VirtualCard disturbed(FaultScript next) {
    return with(pace, next, pause);
  }

  VirtualCard pausing(Pause next) {
    return with(pace, faults, next);
  }

  private VirtualCard with(CardPace nextPace, FaultScript nextFaults, Pause nextPause) {
    return new VirtualCard(
        name, printedNumber, signsWithoutPin, atr, applications, nextPace, nextFaults, nextPause);
  }

  public String name() {
    return name;
  }

  /** 照合番号B, which whoever looks at the card can tell; a phone has no such face. */
  public Optional<String> printedNumber() {
    return printedNumber;
  }

  /** Whether it signs for terminals of an institution, in the simulator's own profile. */
  public boolean signsWithoutPin() {
    return signsWithoutPin;
  }

  public CardInsertion insert() {
    return insert(CardSlot.fixed());
  }

  /** Into a slot that faults of the card can move. */
  public CardInsertion insert(CardSlot slot) {
    CardInsertion insertion = new ChipInsertion(atr, applications);
    if (!pace.equals(CardPace.INSTANT)) {
      insertion = new PacedInsertion(insertion, pace, pause);
    }
    return faults.isEmpty() ? insertion : new FaultyInsertion(insertion, faults, slot, pause);
  }
}
