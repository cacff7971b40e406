package jp.kazashi.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalHealthTest {

  private final ObjectMapper json = new ObjectMapper();
  private final TerminalHealth ill = new TerminalHealth(Map.of("Kiosk", "gone", "Phone", "mute"));

  @ParameterizedTest
  @ValueSource(strings = {"192.168.10.7", "10.0.0.1", "fe80::1", "2001:db8::1", "::ffff:10.0.0.1"})
  void whoAsksFromAnotherMachineHearsWhetherItServesAndNotWhatAilsIt(String address) {
    assertThat(ill.told(json, from(address))).isEqualTo("{\"status\":\"DOWN\"}");
    assertThat(ill.status()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"})
  void onThisMachineEachIllnessIsTold(String address) {
    assertThat(ill.told(json, from(address)))
        .isEqualTo("{\"status\":\"DOWN\",\"readers\":{\"Kiosk\":\"gone\",\"Phone\":\"mute\"}}");
  }

  @Test
  void whoIsWellSaysTheSameToEverybody() {
    TerminalHealth well = new TerminalHealth(Map.of());

    assertThat(well.status()).isEqualTo(200);
    assertThat(well.told(json, from("192.168.10.7"))).isEqualTo("{\"status\":\"UP\"}");
    assertThat(well.told(json, from("127.0.0.1"))).isEqualTo("{\"status\":\"UP\"}");
  }

  private static SocketAddress from(String address) {
    return SocketAddress.inetSocketAddress(40_000, address);
  }
}
