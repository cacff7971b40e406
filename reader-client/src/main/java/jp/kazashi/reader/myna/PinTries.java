package jp.kazashi.reader.myna;

/** How many tries the card's PIN has left; asking costs none. */
public sealed interface PinTries {

  record Left(int tries) implements PinTries {
    public Left {
      if (tries < 1 || tries > 15) {
        throw new IllegalArgumentException("A PIN that can be tried has 1 to 15 tries left.");
      }
    }
  }

  record Blocked() implements PinTries {}

  record CardGone() implements PinTries {}

  record Trouble(String what) implements PinTries {}
}
