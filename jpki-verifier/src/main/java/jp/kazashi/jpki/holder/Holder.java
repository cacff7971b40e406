package jp.kazashi.jpki.holder;

import static java.util.Objects.requireNonNull;

/** The proven holder. Only a verdict hands one out; it says nothing about the person. */
public record Holder(HolderKey key, Carrier carrier) {
  public Holder {
    requireNonNull(key, "key");
    requireNonNull(carrier, "carrier");
  }
}
