package jp.kazashi.gateway.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.medical.MedicalCategory;
import jp.kazashi.qualification.store.CommitUnknown;
import jp.kazashi.qualification.store.Committed;
import jp.kazashi.qualification.store.Station;
import org.junit.jupiter.api.Test;

/** When nothing more is answered because nothing more is sealed. */
class UnsealedTest {
  private static final ChainId CHAIN = new ChainId(new NodeId("node-1"), 1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Unsealed unsealed = new Unsealed(new StopRule(HOUR.multipliedBy(4)), nanos::get);

  @Test
  void whatAStartFoundUnsealedIsCountedFromTheStart() {
    pass(HOUR);
    assertThat(unsealed.age()).isEqualTo(HOUR);
  }

  @Test
  void nothingWaitsAfterEverythingIsSealed() {
    unsealed.written(entry(1));
    unsealed.sealedAllOf(unsealed.look());
    pass(HOUR.multipliedBy(9));
    assertThat(unsealed.age()).isZero();
    assertThat(unsealed.stops()).isFalse();
  }

  @Test
  void theOldestEntryCountsNotTheNewest() {
    unsealed.sealedAllOf(unsealed.look());
    unsealed.written(entry(1));
    pass(HOUR);
    unsealed.written(entry(2));
    pass(HOUR);
    assertThat(unsealed.age()).isEqualTo(HOUR.multipliedBy(2));
  }

  @Test
  void whatWasWrittenDuringTheSealingWaitsSinceItsBeginning() {
    unsealed.written(entry(1));
    Unsealed.Look look = unsealed.look();
    pass(HOUR);
    unsealed.written(entry(2));
    unsealed.sealedAllOf(look);
    assertThat(unsealed.age()).isEqualTo(HOUR);
  }

  @Test
  void warnsAtSeventyPercentAndStopsAtFourHours() {
    unsealed.written(entry(1));
    pass(Duration.ofMinutes(167));
    assertThat(unsealed.warns()).isFalse();
    pass(Duration.ofMinutes(1));
    assertThat(unsealed.warns()).isTrue();
    pass(Duration.ofMinutes(72).minusNanos(1));
    assertThat(unsealed.stops()).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(unsealed.stops()).isTrue();
  }

  @Test
  void anEntryThatPerhapsWasWrittenCountsAsOneThatWaits() {
    unsealed.sealedAllOf(unsealed.look());
    SealedStation station =
        new SealedStation(what -> Uni.createFrom().failure(new CommitUnknown()), unsealed);
    assertThatThrownBy(() -> station.commit(any()).await().indefinitely())
        .isInstanceOf(CommitUnknown.class);
    pass(HOUR.multipliedBy(4));
    assertThat(unsealed.stops()).isTrue();
  }

  @Test
  void aStoppedNodeWritesNothingUntilItsEntriesAreSealed() {
    SealedStation station =
        new SealedStation(what -> Uni.createFrom().item(new Committed.Done(entry(2))), unsealed);
    Station any = any();
    pass(HOUR.multipliedBy(4));
    assertThatThrownBy(() -> station.commit(any).await().indefinitely())
        .isInstanceOf(AuditUnsealed.class);
    unsealed.sealedAllOf(unsealed.look());
    assertThat(station.commit(any).await().indefinitely()).isEqualTo(new Committed.Done(entry(2)));
    pass(HOUR);
    assertThat(unsealed.age()).isEqualTo(HOUR);
  }

  private static Station any() {
    return new Station.RefusedReadStation(
        CheckId.parse("00000000-0000-0000-0000-000000000001"),
        null,
        MedicalCategory.CARE,
        Instant.EPOCH,
        new Actor("1312345670", "RECEIPT", "receipt-1", Digest.of(new byte[] {9})),
        "CONSENT_MISSING");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static AuditReceipt entry(long number) {
    return new AuditReceipt(CHAIN, number, Digest.of(new byte[] {(byte) number}));
  }
}
