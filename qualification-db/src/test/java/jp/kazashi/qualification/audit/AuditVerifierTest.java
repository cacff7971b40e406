package jp.kazashi.qualification.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.kazashi.qualification.audit.AuditFinding.Broken;
import jp.kazashi.qualification.audit.AuditFinding.Fault;
import jp.kazashi.qualification.audit.AuditFinding.Intact;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.person.PersonId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AuditVerifierTest {
  private static final ChainId CHAIN = new ChainId(new NodeId("node-1"), 3);
  private static final Instant NOON = Instant.parse("2026-11-20T03:00:00Z");

  private final List<WrittenEntry> written = chain(CHAIN, 10);

  @Test
  void aChainAsItWasWrittenIsIntact() {
    assertThat(verify(written))
        .isEqualTo(new Intact(new AuditChain(CHAIN, 10, written.getLast().entry().hash())));
  }

  @Test
  void anEmptyChainIsIntactUnlessSomethingIsKnownToBeInIt() {
    assertThat(verify(List.of())).isInstanceOf(Intact.class);
    assertThat(verify(List.of(), receipt(1))).isEqualTo(broken(1, Fault.TRUNCATED));
  }

  @Test
  void anEditedEntryIsNamed() {
    List<WrittenEntry> edited = new ArrayList<>(written);
    edited.set(4, new WrittenEntry(other(written.get(4).entry()), written.get(4).hash()));

    assertThat(verify(edited)).isEqualTo(broken(5, Fault.EDITED));
  }

  @Test
  void anEntryEditedTogetherWithItsHashBreaksTheNext() {
    List<WrittenEntry> edited = new ArrayList<>(written);
    AuditEntry other = other(written.get(4).entry());
    edited.set(4, new WrittenEntry(other, other.hash()));

    assertThat(verify(edited)).isEqualTo(broken(6, Fault.UNCHAINED));
  }

  @Test
  void theLastEntryEditedTogetherWithItsHashIsBetrayedByItsReceipt() {
    List<WrittenEntry> edited = new ArrayList<>(written);
    AuditEntry other = other(written.getLast().entry());
    edited.set(9, new WrittenEntry(other, other.hash()));

    assertThat(verify(edited)).isInstanceOf(Intact.class);
    assertThat(verify(edited, receipt(10))).isEqualTo(broken(10, Fault.NOT_THE_RECEIPTS));
  }

  @Test
  void aRemovedEntryIsFoundAtTheNext() {
    List<WrittenEntry> removed = new ArrayList<>(written);
    removed.remove(4);

    assertThat(verify(removed)).isEqualTo(broken(6, Fault.REMOVED));
  }

  @Test
  void theFirstEntryCannotBeRemovedEither() {
    assertThat(verify(written.subList(1, 10))).isEqualTo(broken(2, Fault.REMOVED));
  }

  @Test
  void aRepeatedEntryIsOutOfOrder() {
    List<WrittenEntry> repeated = new ArrayList<>(written);
    repeated.add(5, written.get(4));

    assertThat(verify(repeated)).isEqualTo(broken(5, Fault.REORDERED));
  }

  @Test
  void entriesThatChangedPlacesAreFound() {
    List<WrittenEntry> reordered = new ArrayList<>(written);
    reordered.set(4, written.get(5));
    reordered.set(5, written.get(4));

    assertThat(verify(reordered)).isEqualTo(broken(6, Fault.REMOVED));
  }

  @Test
  void entriesThatChangedPlacesAndNumbersAreFound() {
    List<WrittenEntry> renumbered = new ArrayList<>(written);
    renumbered.set(4, at(written.get(5), 5));
    renumbered.set(5, at(written.get(4), 6));

    assertThat(verify(renumbered)).isEqualTo(broken(5, Fault.EDITED));
  }

  @Test
  void aTruncatedChainIsBetrayedByAnyReceiptOfWhatIsMissing() {
    assertThat(verify(written.subList(0, 7))).isInstanceOf(Intact.class);
    assertThat(verify(written.subList(0, 7), receipt(9))).isEqualTo(broken(8, Fault.TRUNCATED));
  }

  @Test
  void anEntryOfAnotherChainIsForeign() {
    List<WrittenEntry> mixed = new ArrayList<>(written.subList(0, 4));
    mixed.addAll(chain(new ChainId(new NodeId("node-2"), 3), 10).subList(4, 10));

    assertThat(verify(mixed)).isEqualTo(broken(5, Fault.FOREIGN));
  }

  @Property
  void noEntryCanBeTakenOutUnseen(@ForAll @IntRange(min = 0, max = 9) int index) {
    List<WrittenEntry> removed = new ArrayList<>(written);
    removed.remove(index);

    assertThat(verify(removed, receipt(10))).isInstanceOf(Broken.class);
  }

  @Test
  void everyFieldOfAnEventIsInTheHash() {
    Actor actor = new Actor("1312345670", "READER", "kiosk-1", Digest.of(new byte[] {1}));
    Actor otherKey = new Actor("1312345670", "READER", "kiosk-1", Digest.of(new byte[] {2}));
    CheckId check = new CheckId(new UUID(1, 1));
    PersonId person = new PersonId(new UUID(2, 2));
    Map<String, String> ab = Map.of("a", "b");
    List<AuditEvent> all =
        List.of(
            AuditEvent.of(NOON, AuditKind.CHECK, actor, check, person, "X", ab),
            AuditEvent.of(NOON.plusNanos(1000), AuditKind.CHECK, actor, check, person, "X", ab),
            AuditEvent.of(NOON, AuditKind.READ, actor, check, person, "X", ab),
            AuditEvent.of(NOON, AuditKind.CHECK, null, check, person, "X", ab),
            AuditEvent.of(NOON, AuditKind.CHECK, otherKey, check, person, "X", ab),
            AuditEvent.of(NOON, AuditKind.CHECK, actor, null, person, "X", ab),
            AuditEvent.of(NOON, AuditKind.CHECK, actor, check, null, "X", ab),
            AuditEvent.of(NOON, AuditKind.CHECK, actor, check, person, "Y", ab),
            AuditEvent.of(NOON, AuditKind.CHECK, actor, check, person, "X", Map.of("ab", "")),
            AuditEvent.of(NOON, AuditKind.CHECK, actor, check, person, "X", Map.of()));

    assertThat(all.stream().map(each -> AuditChain.empty(CHAIN).next(each).hash()))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsHashedIsWhatTheDatabaseCanKeep() {
    AuditEvent event =
        AuditEvent.of(
            NOON.plusNanos(123_456_789), AuditKind.CHECK, null, null, null, "X", Map.of());

    assertThat(event.at()).isEqualTo(NOON.plusNanos(123_456_000));
  }

  @Test
  void aChainIsNamedByNodeAndEpoch() {
    assertThat(CHAIN).hasToString("node-1:3");
    assertThat(ChainId.parse("node-1:3")).isEqualTo(CHAIN);
  }

  private AuditFinding verify(List<WrittenEntry> entries, AuditReceipt... known) {
    return AuditVerifier.verify(CHAIN, entries.iterator(), List.of(known));
  }

  private AuditReceipt receipt(int number) {
    return written.get(number - 1).entry().receipt();
  }

  private static Broken broken(long number, Fault fault) {
    return new Broken(CHAIN, number, fault);
  }

  private static AuditEntry other(AuditEntry entry) {
    return new AuditEntry(entry.chain(), entry.number(), entry.previous(), event("SOMETHING_ELSE"));
  }

  private static WrittenEntry at(WrittenEntry written, long number) {
    AuditEntry entry = written.entry();
    return new WrittenEntry(
        new AuditEntry(entry.chain(), number, entry.previous(), entry.event()), written.hash());
  }

  private static AuditEvent event(String outcome) {
    return AuditEvent.of(NOON, AuditKind.CHECK, null, null, null, outcome, Map.of());
  }

  private static List<WrittenEntry> chain(ChainId id, int length) {
    List<WrittenEntry> written = new ArrayList<>();
    AuditChain chain = AuditChain.empty(id);
    for (int at = 0; at < length; at++) {
      AuditEntry entry = chain.next(event("E" + at));
      written.add(new WrittenEntry(entry, entry.hash()));
      chain = chain.after(entry.receipt());
    }
    return written;
  }
}
