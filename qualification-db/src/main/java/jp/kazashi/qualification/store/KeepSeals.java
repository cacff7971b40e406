package jp.kazashi.qualification.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.AuditSeal;
import jp.kazashi.qualification.audit.AuditWitness;
import jp.kazashi.qualification.audit.ChainId;

/** The seal log of the audit: seals and witnessed heads, added and never changed. */
public interface KeepSeals {
  /** False when the seal's number or first entry is sealed already, by another node. */
  Uni<Boolean> seal(AuditSeal seal);

  /** The same head again is no second witness. */
  Uni<Void> witness(AuditWitness witness);

  Uni<List<AuditSeal>> seals(ChainId chain);

  /** How many seals a chain has; the next one's number is one more. */
  Uni<Long> count(ChainId chain);

  /** Every chain that was ever sealed or witnessed, whatever has become of it. */
  Uni<List<ChainId>> chains();

  Uni<List<AuditWitness>> witnesses(ChainId chain);

  /** Entries of the chain behind its last seal, in order. */
  Uni<List<AuditReceipt>> unsealed(ChainId chain, int limit);

  /** Chains, of this node or another, that have entries behind their last seal. */
  Uni<List<ChainId>> chainsToSeal();
}
