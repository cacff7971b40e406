package jp.kazashi.gateway.check;

import java.util.EnumMap;
import java.util.Map;

/** What every reason says: complete, or it cannot be made. */
public final class Catalogue {
  private final Map<Reason, Entry> entries;

  public Catalogue(Map<Reason, Entry> entries) {
    this.entries = new EnumMap<>(entries);
    for (Reason reason : Reason.values()) {
      if (!entries.containsKey(reason)) {
        throw new IllegalArgumentException("the catalogue says nothing about " + reason);
      }
    }
  }

  /** One reason: its HTTP status, and what it says to whom. */
  public record Entry(int status, String title, Sentence patient, Sentence nextStep) {}

  public Entry of(Reason reason) {
    Entry entry = entries.get(reason);
    if (entry == null) {
      throw new IllegalStateException("unreachable: checked when made");
    }
    return entry;
  }
}
