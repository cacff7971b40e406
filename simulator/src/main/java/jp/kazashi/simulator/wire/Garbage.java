package jp.kazashi.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bodies that are no answer at all, as any service may send them. */
public final class Garbage {
  private static final byte[] PAGE =
      "<!DOCTYPE html><title>Down for maintenance</title>".getBytes(StandardCharsets.UTF_8);

  private Garbage() {}

  /** What a proxy says in a service's place. */
  public static byte[] page() {
    return PAGE.clone();
  }

  /** The first half of an answer that says it is whole. */
  public static byte[] half(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }
}
