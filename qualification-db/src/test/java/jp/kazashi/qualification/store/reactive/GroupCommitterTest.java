package jp.kazashi.qualification.store.reactive;

import static jp.kazashi.qualification.store.reactive.Counter.NOON;
import static jp.kazashi.qualification.store.reactive.Counter.answered;
import static jp.kazashi.qualification.store.reactive.Counter.challenge;
import static jp.kazashi.qualification.store.reactive.Counter.consented;
import static jp.kazashi.qualification.store.reactive.Counter.freshNode;
import static jp.kazashi.qualification.store.reactive.Counter.listOf;
import static jp.kazashi.qualification.store.reactive.Counter.somebody;
import static jp.kazashi.qualification.store.reactive.RealDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.audit.AuditFinding;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.AuditVerifier;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.audit.WrittenEntry;
import jp.kazashi.qualification.check.ChallengeKey;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.InstitutionCode;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.EpochLost;
import jp.kazashi.qualification.store.Station;
import jp.kazashi.qualification.store.Station.CheckStation;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealDatabase.class)
class GroupCommitterTest {
  private final Running database;
  private final NodeId node = freshNode();
  private final EpochsInDatabase epochs;
  private final AuditEpoch epoch;
  private final GroupCommitter committer;

  GroupCommitterTest(Running database) {
    this.database = database;
    this.epochs = new EpochsInDatabase(database.sessions());
    this.epoch = await(epochs.of(node, NOON));
    this.committer = database.committer(epoch);
  }

  @Test
  void anAnswerIsWrittenWithItsAuditEntryAndCarriesTheReceiptOfIt() {
    CheckStation station = answered(challenge(), somebody());

    AuditReceipt receipt = done(await(committer.commit(station)));

    assertThat(receipt.number()).isEqualTo(2);
    List<WrittenEntry> entries = entries(epoch.chain());
    assertThat(entries).hasSize(2);
    assertThat(entries.get(1).entry().event()).isEqualTo(station.audited());
    assertThat(entries.get(1).entry().receipt()).isEqualTo(receipt);
  }

  @Test
  void aCommittedCheckIsFoundByItsInstitutionAsItWas() {
    CheckStation station = answered(challenge(), somebody());
    AuditReceipt receipt = done(await(committer.commit(station)));
    ChecksInDatabase checks = new ChecksInDatabase(database.sessions());

    assertThat(await(checks.byId(station.check().id(), Counter.CLINIC)))
        .hasValueSatisfying(found -> {
          assertThat(found.record()).isEqualTo(station.check());
          assertThat(found.receipt()).isEqualTo(receipt);
          assertThat(found.ledger().decisions()).isEmpty();
        });
  }

  @Test
  void anotherInstitutionDoesNotFindTheCheck() {
    CheckStation station = answered(challenge(), somebody());
    await(committer.commit(station));

    assertThat(
            await(
                new ChecksInDatabase(database.sessions())
                    .byId(station.check().id(), new InstitutionCode("2712345671"))))
        .isEmpty();
  }

  @Test
  void aChallengeIsSpentOnce() {
    ChallengeKey challenge = challenge();
    done(await(committer.commit(answered(challenge, somebody()))));

    assertThat(await(committer.commit(answered(challenge, somebody()))))
        .isEqualTo(new Committed.Replayed());
    assertThat(entries(epoch.chain())).hasSize(2);
  }

  @Test
  void twoCopiesOfOneChallengeInsideOneBatchAreAnsweredOnce() {
    ChallengeKey challenge = challenge();

    List<Committed> committed = all(listOf(20, ignored -> answered(challenge, somebody())));

    assertThat(committed.stream().filter(Committed.Done.class::isInstance)).hasSize(1);
    assertThat(committed.stream().filter(Committed.Replayed.class::isInstance)).hasSize(19);
    assertThat(entries(epoch.chain())).hasSize(2);
  }

  @Test
  void aReplayOnAnotherNodeIsRefusedToo() {
    ChallengeKey challenge = challenge();
    done(await(committer.commit(answered(challenge, somebody()))));
    GroupCommitter other = database.committer(await(epochs.of(freshNode(), NOON)));

    assertThat(await(other.commit(answered(challenge, somebody()))))
        .isEqualTo(new Committed.Replayed());
  }

  @Test
  void numbersHaveNoGapAlthoughReplaysAreAmongTheBatch() {
    ChallengeKey spent = challenge();
    done(await(committer.commit(answered(spent, somebody()))));

    List<Committed> committed =
        all(listOf(200, at -> answered(at % 3 == 0 ? spent : challenge(), somebody())));

    assertThat(committed.stream().filter(Committed.Replayed.class::isInstance)).hasSize(67);
    assertThat(verified(epoch.chain())).isInstanceOf(AuditFinding.Intact.class);
    assertThat(entries(epoch.chain())).hasSize(2 + 133);
  }

  @Test
  void aStationTheDatabaseWillNotTakeFailsAloneAndHarmsNoOther() {
    List<Station> stations =
        new ArrayList<>(listOf(40, ignored -> answered(challenge(), somebody())));
    // PostgreSQL has no such character.
    CheckStation poisoned = answered(new CheckId(UUID.randomUUID()), challenge(), somebody(), "\0");
    stations.set(17, poisoned);

    List<Uni<Committed>> waiting =
        stations.stream().map(each -> committer.commit(each).memoize().indefinitely()).toList();
    waiting.forEach(each -> each.subscribe().with(done -> {}, failed -> {}));

    for (int at = 0; at < waiting.size(); at++) {
      Uni<Committed> each = waiting.get(at);
      if (at == 17) {
        assertThatThrownBy(() -> await(each)).isInstanceOf(RuntimeException.class);
      } else {
        done(await(each));
      }
    }
    assertThat(verified(epoch.chain())).isInstanceOf(AuditFinding.Intact.class);
    assertThat(entries(epoch.chain())).hasSize(40);
    // Its challenge was not spent by failing.
    done(await(committer.commit(answered(poisoned.challenge().orElseThrow(), somebody()))));
  }

  @Test
  void consentIsDecidedOncePerCheck() {
    CheckStation check = answered(challenge(), somebody());
    done(await(committer.commit(check)));
    done(
        await(committer.commit(consented(check, NOON.plusSeconds(9), MedicalCategory.MEDICATION))));

    assertThat(
            await(committer.commit(consented(check, NOON.plusSeconds(10), MedicalCategory.CARE))))
        .isEqualTo(new Committed.AlreadyConsented());
  }

  @Test
  void aZombieOfAnEarlierStartCannotCommit() {
    done(await(committer.commit(answered(challenge(), somebody()))));
    AuditEpoch next = await(epochs.of(node, NOON.plusSeconds(60)));

    assertThatThrownBy(() -> await(committer.commit(answered(challenge(), somebody()))))
        .isInstanceOf(EpochLost.class);
    assertThatThrownBy(() -> await(committer.commit(answered(challenge(), somebody()))))
        .isInstanceOf(EpochLost.class);
    assertThat(next.chain()).isEqualTo(new ChainId(node, 2));
    assertThat(await(epochs.isNewest(epoch.chain()))).isFalse();
    assertThat(await(epochs.isNewest(next.chain()))).isTrue();
    done(await(database.committer(next).commit(answered(challenge(), somebody()))));
  }

  @Test
  void theNextStartSaysHowTheEarlierChainWasClosed() {
    done(await(committer.commit(answered(challenge(), somebody()))));
    AuditEpoch next = await(epochs.of(node, NOON.plusSeconds(60)));

    List<AuditReceipt> closings =
        await(new AuditInDatabase(database.sessions()).closings(epoch.chain()));

    assertThat(closings).hasSize(1);
    assertThat(closings.getFirst().number()).isEqualTo(3);
    assertThat(AuditVerifier.verify(epoch.chain(), entries(epoch.chain()).iterator(), closings))
        .isInstanceOf(AuditFinding.Intact.class);
    assertThat(entries(next.chain()).getFirst().entry().event().details())
        .containsEntry("follows", epoch.chain().toString())
        .containsEntry("hash", closings.getFirst().hash().hex());
    assertThat(await(new AuditInDatabase(database.sessions()).chains()))
        .contains(epoch.chain(), next.chain());
  }

  @Test
  void aCommitterWhoseChainGrewUnseenGoesOnBehindIt() {
    GroupCommitter unseen = database.committer(epoch);
    done(await(unseen.commit(answered(challenge(), somebody()))));

    assertThat(done(await(committer.commit(answered(challenge(), somebody())))).number())
        .isEqualTo(3);
    done(await(unseen.commit(answered(challenge(), somebody()))));
    assertThat(verified(epoch.chain())).isInstanceOf(AuditFinding.Intact.class);
  }

  @Test
  void startsThatRaceEachGetAnEpochOfTheirOwn() {
    List<AuditEpoch> opened =
        await(Uni.join().all(listOf(8, at -> epochs.of(node, NOON.plusSeconds(at)))).andFailFast());

    assertThat(opened.stream().map(each -> each.chain().epoch()))
        .containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8, 9);
    for (AuditEpoch each : opened) {
      assertThat(verified(each.chain())).isInstanceOf(AuditFinding.Intact.class);
    }
  }

  private List<Committed> all(List<? extends Station> stations) {
    return await(
        Uni.join().all(stations.stream().map(committer::commit).toList()).andCollectFailures());
  }

  private List<WrittenEntry> entries(ChainId chain) {
    return await(new AuditInDatabase(database.sessions()).after(chain, 0, 1000));
  }

  private AuditFinding verified(ChainId chain) {
    return AuditVerifier.verify(chain, entries(chain).iterator(), List.of());
  }

  private static AuditReceipt done(Committed committed) {
    assertThat(committed).isInstanceOf(Committed.Done.class);
    return ((Committed.Done) committed).receipt();
  }
}
