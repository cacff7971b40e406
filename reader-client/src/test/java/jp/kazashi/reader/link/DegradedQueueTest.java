package jp.kazashi.reader.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import jp.kazashi.jpki.Octets;
import jp.kazashi.reader.link.DegradedQueue.Entry;
import jp.kazashi.reader.link.DegradedQueue.Kept;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DegradedQueueTest {

  private static final DegradedQueue.Owner OWNER =
      new DegradedQueue.Owner("1312345670", "kiosk-1");
  private static final UUID CHAIN = new UUID(1, 2);
  private static final byte[] PLAIN = "{\"name\":\"架空 花子\"}".getBytes(UTF_8);

  @TempDir Path folder;

  private final HPKE hpke =
      new HPKE(
          HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  private final AsymmetricCipherKeyPair pair = hpke.generatePrivateKey();
  private final DegradedQueue.Key key =
      new DegradedQueue.Key("9f2c", Octets.of(hpke.serializePublicKey(pair.getPublic())));
  private Instant now = Answers.NOW;

  @Test
  void recordIsReadableToTheHolderOfTheKeyAtItsPlaceOnly() throws Exception {
    DegradedQueue queue = open();
    queue.keep(key, PLAIN);
    Entry entry = queue.entries().getFirst();

    assertThat(Files.readString(file())).doesNotContain("花子");
    assertThat(opened(entry, entry.number())).isEqualTo(PLAIN);
    assertThat(opens(entry, entry.number() + 1)).isFalse();
  }

  @Test
  void numbersRiseAndEachNamesTheOneBefore() throws Exception {
    DegradedQueue queue = open();
    queue.keep(key, PLAIN);
    queue.keep(key, PLAIN);

    List<Entry> entries = queue.entries();
    assertThat(entries).extracting(Entry::number).containsExactly(1L, 2L);
    assertThat(entries.getFirst().previous()).isEqualTo("0".repeat(64));
    assertThat(entries.getLast().previous()).isEqualTo(digest(entries.getFirst()));
    assertThat(entries).extracting(Entry::chain).containsOnly(CHAIN);
  }

  @Test
  void chainGoesOnAfterARestartAlsoWhenAllWasSettled() throws Exception {
    DegradedQueue queue = open();
    queue.keep(key, PLAIN);
    queue.keep(key, PLAIN);
    String second = digest(queue.entries().getLast());
    queue.settle(1);

    assertThat(open().entries()).extracting(Entry::number).containsExactly(2L);
    DegradedQueue again = open();
    again.settle(2);
    DegradedQueue empty = open();
    assertThat(empty.entries()).isEmpty();
    empty.keep(key, PLAIN);

    assertThat(empty.entries().getFirst().number()).isEqualTo(3);
    assertThat(empty.entries().getFirst().previous()).isEqualTo(second);
    assertThat(open().entries()).isEqualTo(empty.entries());
  }

  @Test
  void whatAKillLeftHalfIsCutOffAndTheRestIsThere() throws Exception {
    DegradedQueue queue = open();
    queue.keep(key, PLAIN);
    Files.writeString(file(), "{\"record\":{\"id\":2,\"at\"", StandardOpenOption.APPEND);

    DegradedQueue after = open();
    assertThat(after.entries()).isEqualTo(queue.entries());
    assertThat(after.keep(key, PLAIN)).isEqualTo(new Kept.Recorded(2));
    assertThat(open().entries()).extracting(Entry::number).containsExactly(1L, 2L);
  }

  @Test
  void changedRecordIsNoticedAndANewChainBegins() throws Exception {
    DegradedQueue queue = open();
    queue.keep(key, PLAIN);
    queue.keep(key, PLAIN);
    String sealed = queue.entries().getFirst().sealed();
    String other = (sealed.charAt(60) == 'A' ? "B" : "A");
    String changed = sealed.substring(0, 60) + other + sealed.substring(61);
    Files.writeString(file(), Files.readString(file()).replace(sealed, changed));

    UUID fresh = new UUID(3, 4);
    DegradedQueue after = DegradedQueue.open(file(), OWNER, () -> now, () -> fresh);
    assertThat(after.entries()).as("what the chain no longer vouches for").hasSize(1);
    assertThat(Files.exists(folder.resolve("degraded.jsonl.damaged"))).isTrue();
    after.keep(key, PLAIN);

    Entry last = after.entries().getLast();
    assertThat(last.chain()).isEqualTo(fresh);
    assertThat(last.number()).isEqualTo(1);
    assertThat(open().entries()).isEqualTo(after.entries());
  }

  @Test
  void noMoreAreTakenThanAreJudgedAndRoomComesWithTime() throws Exception {
    DegradedQueue queue = DegradedQueue.open(file(), OWNER, () -> now, () -> CHAIN, 2);
    queue.keep(key, PLAIN);
    queue.keep(key, PLAIN);

    assertThat(queue.keep(key, PLAIN)).isEqualTo(new Kept.Full());
    now = now.plus(Duration.ofHours(73));
    assertThat(queue.keep(key, PLAIN)).isEqualTo(new Kept.Recorded(3));
  }

  @Test
  void diskThatTakesNothingRecordsNothing() throws Exception {
    DegradedQueue queue = open();
    Files.delete(file());
    Files.createDirectory(file());

    assertThat(queue.keep(key, PLAIN)).isInstanceOf(Kept.NotWritten.class);
    assertThat(queue.entries()).isEmpty();
  }

  private DegradedQueue open() throws IOException {
    return DegradedQueue.open(file(), OWNER, () -> now, () -> CHAIN);
  }

  private Path file() {
    return folder.resolve("degraded.jsonl");
  }

  private static RecordSeal.Place place(Entry entry, long number) {
    return new RecordSeal.Place(
        entry.keyId(), "1312345670", "kiosk-1", entry.chain(), number, entry.previous());
  }

  private static String digest(Entry entry) {
    return RecordSeal.digest(
        place(entry, entry.number()), Base64.getDecoder().decode(entry.sealed()));
  }

  private byte[] opened(Entry entry, long number) throws Exception {
    byte[] sealed = Base64.getDecoder().decode(entry.sealed());
    byte[] encapsulation = new byte[32];
    System.arraycopy(sealed, 0, encapsulation, 0, 32);
    return hpke
        .setupBaseR(encapsulation, pair, "kazashi degraded record v1".getBytes(UTF_8))
        .open(place(entry, number).bytes(), sealed, 32, sealed.length - 32);
  }

  private boolean opens(Entry entry, long number) {
    try {
      opened(entry, number);
      return true;
    } catch (Exception refused) {
      return false;
    }
  }
}
