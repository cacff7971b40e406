package jp.kazashi.simulator.card;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A card that misbehaves as its script says, counting from its insertion. */
final class FaultyInsertion implements CardInsertion {

  private static final byte[] NOTHING = {};

  private final CardInsertion chip;
  private final List<FaultScript.Rule> rules;
  private final int[] met;
  private final CardSlot slot;
  private final Pause pause;
  private final CountDownLatch left = new CountDownLatch(1);

  FaultyInsertion(CardInsertion chip, FaultScript script, CardSlot slot, Pause pause) {
    this.chip = chip;
    this.rules = script.rules();
    this.met = new int[rules.size()];
    this.slot = slot;
    this.pause = pause;
  }

  @Override
  public byte[] atr() {
    return chip.atr();
  }

  @Override
  public byte[] transmit(byte[] command) {
    return faultFor(command)
        .map(fault -> misbehave(fault, command))
        .orElseGet(() -> chip.transmit(command));
  }

  private synchronized Optional<CardFault> faultFor(byte[] command) {
    CardFault fault = null;
    for (int i = 0; i < met.length; i++) {
      FaultScript.Rule rule = rules.get(i);
      if (rule.command().includes(command)) {
        met[i]++;
        boolean meant = rule.number() == 0 || rule.number() == met[i];
        fault = fault == null && meant ? rule.fault() : fault;
      }
    }
    return Optional.ofNullable(fault);
  }

  private byte[] misbehave(CardFault fault, byte[] command) {
    return switch (fault) {
      case CardFault.ShortRead(int bytes) -> resized(chip.transmit(command), bytes, false);
      case CardFault.LongRead(int bytes) -> resized(chip.transmit(command), bytes, true);
      case CardFault.Overwritten(byte[] bytes) -> overwritten(chip.transmit(command), bytes);
      case CardFault.WrongStatus(int statusWord) -> {
        chip.transmit(command);
        yield ResponseApdu.of(statusWord).bytes();
      }
      case CardFault.Raw(byte[] response) -> response.clone();
      case CardFault.Removal _ -> {
        slot.eject();
        yield NOTHING;
      }
      case CardFault.LateRemoval _ -> {
        chip.transmit(command);
        slot.eject();
        yield NOTHING;
      }
      case CardFault.ForeignReset _ -> {
        slot.resetByAnother();
        yield chip.transmit(command);
      }
      case CardFault.Mute _ -> {
        awaitLeaving();
        yield NOTHING;
      }
      case CardFault.Slow slow -> {
        pause.of(slow.time());
        yield chip.transmit(command);
      }
    };
  }

  private static byte[] resized(byte[] response, int bytes, boolean more) {
    int data = response.length - 2;
    int wanted = more ? data + bytes : Math.min(data, bytes);
    byte[] resized = new byte[wanted + 2];
    System.arraycopy(response, 0, resized, 0, Math.min(data, wanted));
    System.arraycopy(response, data, resized, wanted, 2);
    return resized;
  }

  private static byte[] overwritten(byte[] response, byte[] bytes) {
    byte[] lying = Arrays.copyOf(response, response.length);
    System.arraycopy(bytes, 0, lying, 0, Math.min(bytes.length, response.length - 2));
    return lying;
  }

  private void awaitLeaving() {
    try {
      left.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void reset() {
    chip.reset();
  }

  @Override
  public void leave() {
    left.countDown();
    chip.leave();
  }
}
