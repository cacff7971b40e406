package jp.kazashi.qualification.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.qualification.audit.AuditFinding.Broken;
import jp.kazashi.qualification.audit.AuditFinding.Fault;
import jp.kazashi.qualification.audit.AuditFinding.Intact;
import org.jspecify.annotations.Nullable;

/**
 * Reads one chain in the order in which it is stored and names the first broken entry. What must be
 * in it is said by receipts: those that answers carried away, the closing written into the next
 * epoch, witnessed heads, and the seals.
 */
public final class AuditVerifier {
  private AuditVerifier() {}

  public static AuditFinding verify(
      ChainId chain, Iterator<WrittenEntry> written, List<AuditReceipt> mustContain) {
    AuditChain reached = AuditChain.empty(chain);
    Map<Long, Set<AuditReceipt>> awaited =
        mustContain.stream().collect(groupingBy(AuditReceipt::number, HashMap::new, toSet()));
    while (written.hasNext()) {
      WrittenEntry next = written.next();
      // Hashed once: of a long chain that is most of the work.
      AuditReceipt receipt = next.entry().receipt();
      Optional<Fault> fault = faultOf(next, receipt, reached, awaited);
      if (fault.isPresent()) {
        return new Broken(chain, next.entry().number(), fault.get());
      }
      awaited.remove(next.entry().number());
      reached = reached.after(receipt);
    }
    long known = awaited.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    return known > reached.lastNumber()
        ? new Broken(chain, reached.lastNumber() + 1, Fault.TRUNCATED)
        : new Intact(reached);
  }

  /** Judges a time stamp: whether this token is a known authority's word on this root. */
  @FunctionalInterface
  public interface TimeStamps {
    boolean stamp(Digest root, TimeStampToken token);
  }

  /**
   * The chain together with its seals and witnesses. Each seal's entries must give its root, no
   * seal may be missing between the first and the last, and each token must be of its root.
   */
  public static AuditFinding verify(
      ChainId chain,
      Iterator<WrittenEntry> written,
      List<AuditReceipt> mustContain,
      List<AuditSeal> seals,
      List<AuditWitness> witnesses,
      TimeStamps timeStamps) {
    Optional<AuditFinding> ofSeals = faultOfSeals(chain, seals, timeStamps);
    if (ofSeals.isPresent()) {
      return ofSeals.get();
    }
    List<AuditReceipt> known = new ArrayList<>(mustContain);
    witnesses.forEach(witness -> known.add(witness.head()));
    seals.forEach(seal -> known.add(new AuditReceipt(chain, seal.last(), seal.head())));
    SealedEntries sealed = new SealedEntries(written, seals);
    AuditFinding finding = verify(chain, sealed, known);
    return switch (finding) {
      case Intact intact ->
          sealed
              .broken()
              .<AuditFinding>map(seal -> new Broken(chain, seal.first(), Fault.NOT_AS_SEALED))
              .orElse(intact);
      case Broken broken -> broken;
    };
  }

  private static Optional<AuditFinding> faultOfSeals(
      ChainId chain, List<AuditSeal> seals, TimeStamps timeStamps) {
    long number = 1;
    long next = 1;
    for (AuditSeal seal : seals) {
      if (!seal.chain().equals(chain)) {
        return Optional.of(new Broken(chain, seal.first(), Fault.FOREIGN));
      }
      if (seal.number() != number || seal.first() != next) {
        return Optional.of(new Broken(chain, next, Fault.SEAL_MISSING));
      }
      if (!timeStamps.stamp(seal.root(), seal.token())) {
        return Optional.of(new Broken(chain, seal.first(), Fault.TIME_STAMP_WRONG));
      }
      number++;
      next = seal.last() + 1;
    }
    return Optional.empty();
  }

  /** Passes entries on and builds each seal's root from what passes. */
  private static final class SealedEntries implements Iterator<WrittenEntry> {
    private final Iterator<WrittenEntry> entries;
    private final Iterator<AuditSeal> seals;
    private final List<Digest> leaves = new ArrayList<>();
    private @Nullable AuditSeal current;
    private @Nullable AuditSeal broken;

    SealedEntries(Iterator<WrittenEntry> entries, List<AuditSeal> seals) {
      this.entries = entries;
      this.seals = seals.iterator();
      this.current = nextSeal();
    }

    /** The first seal whose entries do not give its root. */
    Optional<AuditSeal> broken() {
      return Optional.ofNullable(broken);
    }

    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public WrittenEntry next() {
      WrittenEntry entry = entries.next();
      AuditSeal seal = current;
      if (seal != null && entry.entry().number() >= seal.first()) {
        leaves.add(entry.hash());
        if (entry.entry().number() >= seal.last()) {
          close(seal);
        }
      }
      return entry;
    }

    private void close(AuditSeal seal) {
      if (broken == null && !MerkleTree.root(leaves).equals(seal.root())) {
        broken = seal;
      }
      leaves.clear();
      current = nextSeal();
    }

    private @Nullable AuditSeal nextSeal() {
      return seals.hasNext() ? seals.next() : null;
    }
  }

  private static Optional<Fault> faultOf(
      WrittenEntry next,
      AuditReceipt receipt,
      AuditChain reached,
      Map<Long, Set<AuditReceipt>> awaited) {
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
    if (!receipt.hash().equals(next.hash())) {
      return Optional.of(Fault.EDITED);
    }
    if (!entry.previous().equals(reached.lastHash())) {
      return Optional.of(Fault.UNCHAINED);
    }
    boolean other =
        awaited.getOrDefault(entry.number(), Set.of()).stream()
            .anyMatch(known -> !known.equals(receipt));
    return other ? Optional.of(Fault.NOT_THE_RECEIPTS) : Optional.empty();
  }
}
