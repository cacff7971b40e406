package jp.kazashi.qualification.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Entries {@code first} to {@code last} of one chain under one Merkle root, and the word of a time
 * stamping authority on that root (RFC 3161).
 *
 * @param number seals of one chain are counted from 1 without a gap
 * @param head hash of the last entry sealed
 */
public record AuditSeal(
    ChainId chain,
    long number,
    long first,
    long last,
    Digest root,
    Digest head,
    Instant sealedAt,
    TimeStampToken token) {
  public AuditSeal {
    sealedAt = sealedAt.truncatedTo(ChronoUnit.MICROS);
    if (number < 1 || first < 1 || last < first) {
      throw new IllegalArgumentException("A seal is counted from 1 and holds at least one entry");
    }
  }

  /** Seals these entries, which follow each other. */
  public static AuditSeal over(
      long number, List<AuditReceipt> entries, Instant at, TimeStampToken token) {
    AuditReceipt first = entries.getFirst();
    AuditReceipt last = entries.getLast();
    if (last.number() - first.number() + 1 != entries.size()) {
      throw new IllegalArgumentException("A seal leaves nothing out");
    }
    return new AuditSeal(
        first.chain(),
        number,
        first.number(),
        last.number(),
        rootOf(entries),
        last.hash(),
        at,
        token);
  }

  /** What the authority is asked to stamp. */
  public static Digest rootOf(List<AuditReceipt> entries) {
    return MerkleTree.root(entries.stream().map(AuditReceipt::hash).toList());
  }
}
