package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldFolderTest {
  @TempDir Path folder;

  @Test
  void theWorldFileIsReadBackAndForItsOwnerOnly() throws Exception {
    Path file = folder.resolve("world.json");
    world().write(file);

    assertThat(WorldFile.read(file)).isEqualTo(new WorldFile.Found(world()));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"version\":1,\"addresses\":{\"gatew", "[]", "null", "{}"})
  void aHalfWrittenWorldFileIsUnreadableAndNoCrash(String half) throws Exception {
    Path file = folder.resolve("world.json");
    Files.writeString(file, half);
    assertThat(WorldFile.read(file)).isInstanceOf(WorldFile.Unreadable.class);
  }

  @Test
  void halfAWorldFileLeftByAPowerCutIsWrittenOver() throws Exception {
    Path file = folder.resolve("world.json");
    Files.writeString(folder.resolve("world.json.part"), "{\"vers");
    world().write(file);
    assertThat(WorldFile.read(file)).isInstanceOf(WorldFile.Found.class);
  }

  @Test
  void onlyOneWorldHoldsAFolderAndOthersLearnWho() {
    Path file = folder.resolve("lock");
    assertThat(WorldLock.holder(file)).isEmpty();
    try (WorldLock lock = WorldLock.take(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(WorldLock.take(file)).isEmpty();
      assertThat(WorldLock.holder(file)).contains(ProcessHandle.current().pid());
    }
    assertThat(WorldLock.holder(file)).isEmpty();
  }

  @Test
  void aTakenPortIsNamedWithItsUseAndItsHolder() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Preflight.ports(Map.of(port, "kiosk")))
          .isInstanceOf(WorldTrouble.class)
          .hasMessageContaining("Port " + port + " (kiosk) is taken")
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("KAZASHI_PORT");
    }
  }

  @Test
  void withoutRoomNothingIsStarted() {
    assertThatThrownBy(() -> Preflight.room(folder, where -> 42L * 1024 * 1024))
        .isInstanceOf(WorldTrouble.class)
        .hasMessageContaining("only 42 MB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65527", "http", "-1", "99999999999"})
  void aBasePortThatCannotBeIsRefusedWithWhatCan(String port) {
    assertThatThrownBy(() -> WorldSettings.of(Map.of("KAZASHI_PORT", port)))
        .isInstanceOf(WorldTrouble.class)
        .hasMessageContaining("KAZASHI_PORT");
  }

  static WorldFile world() {
    return new WorldFile(
        1,
        Map.of("gateway", "https://127.0.0.1:8440"),
        "1312345670",
        Map.of("supervisor", 1L),
        new WorldFile.Exchange("req", "res", "face"),
        List.of(),
        "token",
        Map.of("READER", new WorldFile.KeyStoreFiles("a.p12", "pw", "a.pem", "a.key")),
        new WorldFile.TrustFiles("ca.pem", "ca.p12", "pw"));
  }
}
