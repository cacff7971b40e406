package jp.kazashi.reader.visit;

import java.util.UUID;

/** The terminal's own name for a visit; the gateway's check id comes with the answer. */
public record VisitId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
