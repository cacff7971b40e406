package jp.kazashi.simulator.card;

import java.time.Duration;

/** What a card, or the world around it, does wrong with one command. */
sealed interface CardFault {

  /** Sends no more than so many bytes of what was asked, and says that all is well. */
  record ShortRead(int bytes) implements CardFault {}

  /** Sends so many bytes more than there are. */
  record LongRead(int bytes) implements CardFault {}

  /** Puts other bytes over the first ones: a length, a tag, a label that lies. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Overwritten(byte[] bytes) implements CardFault {}

  /** Does what it was told and answers this status word instead. */
  record WrongStatus(int statusWord) implements CardFault {}

  /** Answers exactly this, which may be no response at all. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Raw(byte[] response) implements CardFault {}

  /** Leaves before it has done anything. */
  record Removal() implements CardFault {}

  /** Does what it was told and leaves before it has said so. */
  record LateRemoval() implements CardFault {}

  /** Is reset by another program just before. */
  record ForeignReset() implements CardFault {}

  /** Never answers. */
  record Mute() implements CardFault {}

  record Slow(Duration time) implements CardFault {}
}
