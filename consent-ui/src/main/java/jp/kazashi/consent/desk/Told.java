package jp.kazashi.consent.desk;

import jp.kazashi.consent.Sentence;

/** What the desk is told: what it asked for, or why not and what to do next. */
public sealed interface Told<T> {

  /** What was asked for. */
  record Yes<T>(T what) implements Told<T> {}

  /**
   * Why not.
   *
   * @param reason the stable name, small print for the telephone
   */
  record No<T>(String reason, Sentence nextStep) implements Told<T> {}
}
