package jp.kazashi.simulator.card;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever a reader sends, the virtual card answers with a response, and whatever a card file
 * holds, it is a card or told to be none. Without {@code JAZZER_FUZZ=1} the seeds are run; with it,
 * one method for as long as it is told.
 */
class CardFuzzTest {

  private static final CardContents CONTENTS = TestCards.everything("fuzz");
  private static final int[] INSTRUCTIONS = {
    0xA4, 0xB0, 0xB2, 0x20, 0x24, 0x32, 0x2A, 0x84, 0x88, 0x2E, 0x82, 0xCA, 0x00, 0xFF
  };
  private static final int ROUNDS = 20_000;

  @FuzzTest(maxDuration = "5m")
  void commands(byte[] bytes) {
    CardInsertion card = new VirtualCard(CONTENTS, PinCounters.inMemory()).insert();
    int at = 0;
    while (at < bytes.length) {
      int length = Math.min(bytes[at++] & 0xFF, bytes.length - at);
      answered(card, Arrays.copyOfRange(bytes, at, at + length));
      at += length;
    }
  }

  @FuzzTest(maxDuration = "2m")
  void parsingOfACommand(byte[] bytes) {
    var _ = CommandApdu.parse(bytes);
  }

  @FuzzTest(maxDuration = "2m")
  void cardFile(byte[] bytes) {
    try {
      CardFile file = CardFile.parse(new String(bytes, StandardCharsets.UTF_8));
      CardFile.parse(file.text());
    } catch (IOException e) {
      // It is no card, and that was said.
      return;
    }
  }

  @FuzzTest(maxDuration = "2m")
  void faultScript(byte[] bytes) {
    try {
      FaultScript.of(List.of(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      // It is no fault, and that was said.
      return;
    }
  }

  /** Near misses of real commands, the same in every build. */
  @Test
  void randomCommandsAreAnsweredAndOpenNothing() {
    SplittableRandom random = new SplittableRandom(42);
    PinCounters counters = PinCounters.inMemory();
    CardInsertion card = new VirtualCard(CONTENTS, counters, random).insert();
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 50 == 0) {
        card.transmit(HexFormat.of().parseHex("00A4040C0AD392F000260100000001"));
      }
      byte[] command = new byte[random.nextInt(4, 20)];
      random.nextBytes(command);
      command[0] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(2) * 0x80);
      command[1] = (byte) INSTRUCTIONS[random.nextInt(INSTRUCTIONS.length)];
      if (command.length > 5 && random.nextBoolean()) {
        command[4] = (byte) (command.length - 5);
      }
      byte[] response = answered(card, command);
      if (command[1] == 0x2A
          && response.length > 2
          && command[0] == (byte) 0x80
          && isJpki(command)) {
        throw new IllegalStateException("signed without PIN");
      }
    }
  }

  /** A key of JPKI is named by its file; a card's presence key is not. */
  private static boolean isJpki(byte[] command) {
    return (command[3] & 0x80) != 0;
  }

  private static byte[] answered(CardInsertion card, byte[] command) {
    byte[] response = card.transmit(command);
    if (response.length < 2) {
      throw new IllegalStateException("no status word");
    }
    return response;
  }
}
