package jp.kazashi.reader.link;

/** What came back: what was asked for, or why not. A dead line is a refusal of our own. */
public sealed interface GatewayReply<T> {

  /** What was asked for. */
  record Given<T>(T value) implements GatewayReply<T> {}

  /** Why not. */
  record Refused<T>(Refusal refusal) implements GatewayReply<T> {}
}
