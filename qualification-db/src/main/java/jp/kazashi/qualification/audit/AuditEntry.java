package jp.kazashi.qualification.audit;

/** An event at its place in a chain. */
public record AuditEntry(ChainId chain, long number, Digest previous, AuditEvent event) {
  public AuditEntry {
    if (number < 1) {
      throw new IllegalArgumentException("Entries are counted from 1");
    }
  }

  public Digest hash() {
    return Digest.of(CanonicalEntry.bytes(this));
  }

  public AuditReceipt receipt() {
    return new AuditReceipt(chain, number, hash());
  }
}
