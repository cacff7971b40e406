package jp.kazashi.simulator.card;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chip itself: nothing selected and nothing verified when it gets power. */
final class ChipInsertion implements CardInsertion {

  private static final int SELECT = 0xA4;
  private static final int BY_NAME = 0x04;

  /** Selecting the GlobalPlatform domain is like getting power. */
  private static final byte[] ISSUER_DOMAIN = HexFormat.of().parseHex("A0000001510000");

  private final byte[] atr;
  private final List<Application> applications;
  private Application.@Nullable Selection selected;

  ChipInsertion(byte[] atr, List<Application> applications) {
    this.atr = atr.clone();
    this.applications = applications;
  }

  @Override
  public byte[] atr() {
    return atr.clone();
  }

  @Override
  public synchronized byte[] transmit(byte[] command) {
    return CommandApdu.parse(command)
        .map(this::answer)
        .orElse(ResponseApdu.of(StatusWord.WRONG_LENGTH))
        .bytes();
  }

  @Override
  public synchronized void reset() {
    selected = null;
  }

  @Override
  public void leave() {
    reset();
  }

  private ResponseApdu answer(CommandApdu command) {
    if (command.cla() != 0x00 && command.cla() != 0x80 && command.cla() != PinlessProfile.CLASS) {
      return ResponseApdu.of(StatusWord.UNKNOWN_CLASS);
    }
    if (command.cla() == 0x00 && command.ins() == SELECT && command.p1() == BY_NAME) {
      return selectApplication(command);
    }
    return selected == null ? answerWithoutApplication(command) : selected.answer(command);
  }

  /** A name that is not found leaves the selection, and what was verified in it, as it was. */
  private ResponseApdu selectApplication(CommandApdu command) {
    if (command.p2() != 0x0C && command.p2() != 0x00) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    if (Arrays.equals(command.data(), ISSUER_DOMAIN)) {
      selected = null;
      return ResponseApdu.done();
    }
    Optional<Application> found =
        applications.stream()
            .filter(application -> application.aid().answersTo(command.data()))
            .findFirst();
    found.ifPresent(application -> selected = application.select());
    return found.isPresent() ? ResponseApdu.done() : ResponseApdu.of(StatusWord.NOT_FOUND);
  }

  private static ResponseApdu answerWithoutApplication(CommandApdu command) {
    if (command.cla() == PinlessProfile.CLASS) {
      return ResponseApdu.of(StatusWord.UNKNOWN_CLASS);
    }
    return switch (command.ins()) {
      case SELECT ->
          command.p1() == 0x00 ? MasterFile.select(command) : ResponseApdu.of(StatusWord.NOT_FOUND);
      case 0xB0, 0xB2, 0x20 -> ResponseApdu.of(StatusWord.NO_CURRENT_FILE);
      default -> ResponseApdu.of(StatusWord.UNKNOWN_INSTRUCTION);
    };
  }
}
