package jp.kazashi.qualification.audit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import jp.kazashi.qualification.audit.AuditFinding.Broken;
import jp.kazashi.qualification.audit.AuditFinding.Fault;
import jp.kazashi.qualification.audit.AuditFinding.Intact;

/**
 * Reads one chain in the order in which it is stored and names the first broken entry. What must be
 * in it is said by receipts: those that answers carried away, the closing written into the next
 * epoch, later the seals.
 */
public final class AuditVerifier {
  private AuditVerifier() {}

  public static AuditFinding verify(
      ChainId chain, Iterator<WrittenEntry> written, List<AuditReceipt> mustContain) {
    AuditChain reached = AuditChain.empty(chain);
    List<AuditReceipt> awaited = new ArrayList<>(mustContain);
    while (written.hasNext()) {
      WrittenEntry next = written.next();
      Optional<Fault> fault = faultOf(next, reached, awaited);
      if (fault.isPresent()) {
        return new Broken(chain, next.entry().number(), fault.get());
      }
      awaited.removeIf(receipt -> receipt.number() == next.entry().number());
      reached = reached.after(next.entry().receipt());
    }
    long known = awaited.stream().mapToLong(AuditReceipt::number).max().orElse(0);
    return known > reached.lastNumber()
        ? new Broken(chain, reached.lastNumber() + 1, Fault.TRUNCATED)
        : new Intact(reached);
  }

  private static Optional<Fault> faultOf(
      WrittenEntry next, AuditChain reached, List<AuditReceipt> awaited) {
    AuditEntry entry = next.entry();
    if (!entry.chain().equals(reached.id())) {
      return Optional.of(Fault.FOREIGN);
    }
    if (entry.number() <= reached.lastNumber()) {
      return Optional.of(Fault.REORDERED);
    }
    if (entry.number() > reached.lastNumber() + 1) {
      return Optional.of(Fault.REMOVED);
    }
    if (!entry.hash().equals(next.hash())) {
      return Optional.of(Fault.EDITED);
    }
    if (!entry.previous().equals(reached.lastHash())) {
      return Optional.of(Fault.UNCHAINED);
    }
    boolean other =
        awaited.stream()
            .anyMatch(
                receipt -> receipt.number() == entry.number() && !receipt.equals(entry.receipt()));
    return other ? Optional.of(Fault.NOT_THE_RECEIPTS) : Optional.empty();
  }
}
