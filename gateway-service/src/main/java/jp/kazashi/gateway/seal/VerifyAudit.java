package jp.kazashi.gateway.seal;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import jp.kazashi.qualification.audit.AuditFinding;
import jp.kazashi.qualification.audit.AuditFinding.Broken;
import jp.kazashi.qualification.audit.AuditFinding.Fault;
import jp.kazashi.qualification.audit.AuditFinding.Intact;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.AuditSeal;
import jp.kazashi.qualification.audit.AuditVerifier;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.audit.WrittenEntry;
import jp.kazashi.qualification.store.KeepSeals;
import jp.kazashi.qualification.store.ReadAudit;

/**
 * Reads everything that was ever audited and says of each chain whether it is as it was written.
 */
public final class VerifyAudit {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PAGE = 10_000;

  private final ReadAudit audit;
  private final KeepSeals seals;
  private final AuditVerifier.TimeStamps timeStamps;

  public VerifyAudit(ReadAudit audit, KeepSeals seals, AuditVerifier.TimeStamps timeStamps) {
    this.audit = audit;
    this.seals = seals;
    this.timeStamps = timeStamps;
  }

  /**
   * One chain.
   *
   * @param entries how many were read
   * @param sealedTo the last entry under a seal, 0 when none is
   */
  public record ChainReport(ChainId chain, AuditFinding finding, long entries, long sealedTo) {
    public boolean intact() {
      return finding instanceof Intact;
    }

    /** What lies beside the chain breaks it no earlier than what is wrong in it. */
    private ChainReport with(ReadAudit.Stray stray) {
      boolean first =
          switch (finding) {
            case Intact intact -> true;
            case Broken broken -> stray.number() <= broken.number();
          };
      return first
          ? new ChainReport(
              chain, new Broken(chain, stray.number(), Fault.FOREIGN), entries, sealedTo)
          : this;
    }
  }

  /**
   * Every chain there is, or must have been.
   *
   * @param receipts what answers carried away
   */
  public List<ChainReport> verify(List<AuditReceipt> receipts) {
    List<ReadAudit.Stray> strays = now(audit.strays());
    List<ChainReport> reports = new ArrayList<>();
    for (ChainId chain : expected(receipts, strays)) {
      ChainReport report =
          verify(chain, receipts.stream().filter(each -> each.chain().equals(chain)).toList());
      reports.add(
          strays.stream()
              .filter(stray -> stray.chain().equals(chain))
              .findFirst()
              .map(stray -> report.with(stray))
              .orElse(report));
    }
    return reports;
  }

  /** A chain that a seal, a witness, a receipt or the number of a later start speaks of. */
  private Iterable<ChainId> expected(List<AuditReceipt> receipts, List<ReadAudit.Stray> strays) {
    TreeMap<String, TreeSet<Integer>> byNode = new TreeMap<>();
    List<ChainId> known = new ArrayList<>(now(audit.chains()));
    known.addAll(now(seals.chains()));
    receipts.forEach(receipt -> known.add(receipt.chain()));
    strays.forEach(stray -> known.add(stray.chain()));
    known.forEach(chain ->
        byNode.computeIfAbsent(chain.node().value(), node -> new TreeSet<>()).add(chain.epoch()));
    List<ChainId> expected = new ArrayList<>();
    byNode.forEach((node, epochs) -> {
      for (int epoch = 1; epoch <= epochs.last(); epoch++) {
        expected.add(new ChainId(new NodeId(node), epoch));
      }
    });
    return expected;
  }

  private ChainReport verify(ChainId chain, List<AuditReceipt> receipts) {
    List<AuditReceipt> mustContain = new ArrayList<>(receipts);
    mustContain.addAll(now(audit.closings(chain)));
    List<AuditSeal> sealed = now(seals.seals(chain));
    Written written = new Written(chain);
    AuditFinding finding =
        AuditVerifier.verify(
            chain, written, mustContain, sealed, now(seals.witnesses(chain)), timeStamps);
    if (finding instanceof Intact && written.read == 0) {
      // Not even its opening is left.
      finding = new Broken(chain, 1, Fault.TRUNCATED);
    }
    return new ChainReport(
        chain, finding, written.read, sealed.isEmpty() ? 0 : sealed.getLast().last());
  }

  /** A chain, read page by page: the next one is on its way while this one is examined. */
  private final class Written implements Iterator<WrittenEntry> {
    private final ChainId chain;
    private CompletableFuture<List<WrittenEntry>> following;
    private Iterator<WrittenEntry> page = List.<WrittenEntry>of().iterator();
    private long read;
    private boolean ended;

    Written(ChainId chain) {
      this.chain = chain;
      this.following = after(0);
    }

    private CompletableFuture<List<WrittenEntry>> after(long number) {
      return audit.after(chain, number, PAGE).subscribeAsCompletionStage();
    }

    @Override
    public boolean hasNext() {
      if (!page.hasNext() && !ended) {
        List<WrittenEntry> next = now(Uni.createFrom().completionStage(following));
        ended = next.size() < PAGE;
        if (!ended) {
          following = after(next.getLast().entry().number());
        }
        page = next.iterator();
      }
      return page.hasNext();
    }

    @Override
    public WrittenEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      WrittenEntry entry = page.next();
      read++;
      return entry;
    }
  }

  private static <T> T now(Uni<T> asked) {
    return asked.await().atMost(PATIENCE);
  }
}
