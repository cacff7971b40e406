package jp.kazashi.simulator.wire;

import java.time.Duration;

/** How an answer goes over the wire, whatever it says. */
public sealed interface Delivery {
  record Prompt() implements Delivery {}

  record Delayed(Duration by) implements Delivery {}

  /** The connection closes without a word. */
  record Dropped() implements Delivery {}

  /** One octet, a pause, the next octet: a slow-loris. */
  record Trickled(Duration pause) implements Delivery {}

  record HttpError(int status) implements Delivery {}

  /** Announces its whole length, sends half of it and closes the connection. */
  record CutShort() implements Delivery {}

  /** The answer, and then zeros until this many octets, of unannounced length. */
  record Bloated(long octets) implements Delivery {}
}
