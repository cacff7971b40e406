package jp.kazashi.qualification.audit;

/** Where a chain stands. Appending gives the next entry and leaves this as it was. */
public record AuditChain(ChainId id, long lastNumber, Digest lastHash) {

  public static AuditChain of(AuditEpoch epoch) {
    return new AuditChain(epoch.chain(), epoch.opening().number(), epoch.opening().hash());
  }

  public AuditEntry next(AuditEvent event) {
    return new AuditEntry(id, lastNumber + 1, lastHash, event);
  }

  public AuditChain after(AuditReceipt written) {
    if (!written.chain().equals(id) || written.number() != lastNumber + 1) {
      throw new IllegalArgumentException("A chain has no gap");
    }
    return new AuditChain(id, written.number(), written.hash());
  }
}
