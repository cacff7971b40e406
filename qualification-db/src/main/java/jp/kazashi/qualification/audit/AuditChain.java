package jp.kazashi.qualification.audit;

import java.nio.charset.StandardCharsets;

/** Where a chain stands. Appending gives the next entry and leaves this as it was. */
public record AuditChain(ChainId id, long lastNumber, Digest lastHash) {

  /** What the first entry of a chain follows is nothing but the chain's own name. */
  public static AuditChain empty(ChainId chain) {
    return new AuditChain(
        chain, 0, Digest.of(("kazashi audit chain 1 " + chain).getBytes(StandardCharsets.UTF_8)));
  }

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
