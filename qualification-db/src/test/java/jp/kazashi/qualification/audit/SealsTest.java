package jp.kazashi.qualification.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.kazashi.qualification.audit.AuditFinding.Broken;
import jp.kazashi.qualification.audit.AuditFinding.Fault;
import jp.kazashi.qualification.audit.AuditFinding.Intact;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SealsTest {
  private static final ChainId CHAIN = new ChainId(new NodeId("node-1"), 1);
  private static final Instant NOON = Instant.parse("2026-11-20T03:00:00Z");

  private final List<WrittenEntry> written = chain(12);
  private final List<AuditSeal> seals = List.of(seal(1, 1, 5), seal(2, 6, 9));

  @Property(tries = 200)
  void everyLeafLeadsToTheRootByItsPath(@ForAll @IntRange(min = 1, max = 70) int size) {
    List<Digest> leaves =
        IntStream.range(0, size).mapToObj(at -> Digest.of(new byte[] {(byte) at})).toList();
    Digest root = MerkleTree.root(leaves);

    for (int at = 0; at < size; at++) {
      assertThat(MerkleTree.rootOf(leaves.get(at), at, size, MerkleTree.path(leaves, at)))
          .isEqualTo(root);
    }
  }

  @Test
  void aTreeOfOneIsNotItsLeaf() {
    Digest leaf = Digest.of(new byte[] {1});

    assertThat(MerkleTree.root(List.of(leaf))).isNotEqualTo(leaf);
  }

  @Test
  void aSealedChainIsIntact() {
    assertThat(verify(written, seals, List.of())).isInstanceOf(Intact.class);
  }

  @Test
  void aChainWrittenAnewUnderItsSealsIsBetrayedByThem() {
    List<WrittenEntry> anew = new ArrayList<>();
    AuditChain chain = AuditChain.empty(CHAIN);
    for (WrittenEntry each : written) {
      AuditEvent event = each.entry().event();
      AuditEntry entry = chain.next(each.entry().number() == 7 ? event("SOMETHING_ELSE") : event);
      anew.add(new WrittenEntry(entry, entry.hash()));
      chain = chain.after(entry.receipt());
    }

    assertThat(verify(anew, List.of(), List.of())).isInstanceOf(Intact.class);
    assertThat(verify(anew, seals, List.of()))
        .isEqualTo(new Broken(CHAIN, 9, Fault.NOT_THE_RECEIPTS));
    assertThat(verify(anew, List.of(seals.get(0), headless(seals.get(1), anew)), List.of()))
        .isEqualTo(new Broken(CHAIN, 6, Fault.NOT_AS_SEALED));
  }

  /** The same seal with its head changed to fit. */
  private static AuditSeal headless(AuditSeal seal, List<WrittenEntry> anew) {
    return new AuditSeal(
        seal.chain(),
        seal.number(),
        seal.first(),
        seal.last(),
        seal.root(),
        anew.get((int) seal.last() - 1).hash(),
        seal.sealedAt(),
        seal.token());
  }

  @Test
  void aMissingSealIsNamed() {
    assertThat(verify(written, List.of(seals.get(1)), List.of()))
        .isEqualTo(new Broken(CHAIN, 1, Fault.SEAL_MISSING));
    assertThat(verify(written, List.of(seals.get(0), seal(3, 10, 12)), List.of()))
        .isEqualTo(new Broken(CHAIN, 6, Fault.SEAL_MISSING));
  }

  @Test
  void aTimeStampOfAnotherRootIsNamed() {
    assertThat(
            AuditVerifier.verify(
                CHAIN,
                written.iterator(),
                List.of(),
                seals,
                List.of(),
                (root, token) -> root.equals(seals.get(0).root())))
        .isEqualTo(new Broken(CHAIN, 6, Fault.TIME_STAMP_WRONG));
  }

  @Test
  void anEndCutOffBehindTheLastSealIsBetrayedByAWitness() {
    AuditWitness witness = new AuditWitness(written.get(10).entry().receipt(), NOON);

    assertThat(verify(written.subList(0, 10), seals, List.of())).isInstanceOf(Intact.class);
    assertThat(verify(written.subList(0, 10), seals, List.of(witness)))
        .isEqualTo(new Broken(CHAIN, 11, Fault.TRUNCATED));
  }

  private static AuditFinding verify(
      List<WrittenEntry> entries, List<AuditSeal> seals, List<AuditWitness> witnesses) {
    return AuditVerifier.verify(
        CHAIN, entries.iterator(), List.of(), seals, witnesses, (root, token) -> true);
  }

  private AuditSeal seal(long number, int first, int last) {
    List<AuditReceipt> entries =
        written.subList(first - 1, last).stream().map(each -> each.entry().receipt()).toList();
    return AuditSeal.over(number, entries, NOON, new TimeStampToken(new byte[] {1}));
  }

  private static AuditEvent event(String outcome) {
    return AuditEvent.of(NOON, AuditKind.CHECK, null, null, null, outcome, Map.of());
  }

  private static List<WrittenEntry> chain(int length) {
    List<WrittenEntry> written = new ArrayList<>();
    AuditChain chain = AuditChain.empty(CHAIN);
    for (int at = 0; at < length; at++) {
      AuditEntry entry = chain.next(event("E" + at));
      written.add(new WrittenEntry(entry, entry.hash()));
      chain = chain.after(entry.receipt());
    }
    return written;
  }
}
