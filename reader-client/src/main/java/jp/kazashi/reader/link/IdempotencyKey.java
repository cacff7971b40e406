package jp.kazashi.reader.link;

import java.util.UUID;

/** Names one check towards the gateway, so that sending it twice is not checking twice. */
public record IdempotencyKey(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
