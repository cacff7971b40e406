package jp.kazashi.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import jp.kazashi.reader.ReaderSettings.DeskAddress;
import jp.kazashi.reader.ReaderSettings.KeyFile;
import jp.kazashi.reader.link.TestTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskDoorwayTest {

  private static final TestTransport TRANSPORT = new TestTransport();
  private static final String NAME = "desk.clinic.example";

  @TempDir Path folder;

  @Test
  void fromOtherMachinesTheDeskIsCalledByTheNameInItsCertificate() throws Exception {
    DeskDoorway doorway = open("0.0.0.0", TRANSPORT.server(folder, NAME), TestTransport.PASSWORD);

    assertThat(doorway.address(8443)).isEqualTo("https://desk.clinic.example:8443/");
    assertThat(doorway.hosts()).contains(NAME, "127.0.0.1", "localhost");
    assertThat(doorway.options().isSsl()).isTrue();
    assertThat(doorway.options().getEnabledSecureTransportProtocols()).containsExactly("TLSv1.3");
  }

  @Test
  void onThisMachineItIsCalledByItsAddress() throws Exception {
    assertThat(open("127.0.0.1", TRANSPORT.server(folder, NAME), TestTransport.PASSWORD).address(1))
        .isEqualTo("https://127.0.0.1:1/");
    DeskDoorway plain =
        DeskDoorway.of(new DeskAddress(InetAddress.ofLiteral("::1"), 1, Optional.empty()));
    assertThat(plain.address(1)).isEqualTo("http://[::1]:1/");
    assertThat(plain.options().isSsl()).isFalse();
  }

  /** A browser would turn away from it. */
  @Test
  void certificateThatNamesNoHostForOthersIsRefusedWhereOthersAsk() throws Exception {
    Path namesThisMachineOnly = TRANSPORT.terminal(folder);

    assertThatThrownBy(() -> open("0.0.0.0", namesThisMachineOnly, TestTransport.PASSWORD))
        .isInstanceOf(BadSettings.class)
        .hasMessageStartingWith("KAZASHI_DESK_KEYSTORE")
        .hasMessageContaining("subjectAltName");
    assertThat(open("127.0.0.1", namesThisMachineOnly, TestTransport.PASSWORD).certificate())
        .isPresent();
  }

  @Test
  void keyStoreThatDoesNotOpenIsRefusedInOneLine() throws Exception {
    Path keys = TRANSPORT.server(folder, NAME);

    assertThatThrownBy(() -> open("0.0.0.0", keys, "not this one"))
        .isInstanceOf(BadSettings.class)
        .hasMessageStartingWith("KAZASHI_DESK_KEYSTORE")
        .message()
        .doesNotContain("\n", "not this one");
  }

  private static DeskDoorway open(String address, Path keys, String password) throws BadSettings {
    return DeskDoorway.of(
        new DeskAddress(
            InetAddress.ofLiteral(address), 8443, Optional.of(new KeyFile(keys, password))));
  }
}
