package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "postgresql://own:pw@db:5433/kazashi, db:5433",
    "postgresql://own:pw@db/kazashi, db:5432",
    "postgres://db/kazashi?user=own, db:5432",
    "redis://:pw@cache:6380, cache:6380",
    "redis://cache, cache:6379",
    "rediss://cache/0, cache:6379",
    "redis://[::1]:6380, [::1]:6380"
  })
  void aServerListensOnItsUsualPortUnlessItIsTold(String url, String where) {
    assertThat(ServerAddress.of(url).orElseThrow()).hasToString(where);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db:5432/kazashi",
        "postgresql://:secret@db/kazashi",
        "postgresql://db/kazashi?password=secret",
        "jdbc:postgresql://own:secret@db/kazashi",
        "mysql://own:secret@db/kazashi",
        "postgresql:///kazashi?user=own&password=secret",
        "postgresql://own:sec ret@db/kazashi",
        "kazashi"
      })
  void anAddressNobodyCouldConnectToIsOneLineWithTheFormAndNoPassword(String url) {
    for (String variable : new String[] {"KAZASHI_DB_URL", "KAZASHI_DB_OWNER_URL"}) {
      assertThatThrownBy(() -> WorldSettings.of(Map.of(variable, url)).requireServers())
          .isInstanceOf(WorldTrouble.class)
          .hasMessageStartingWith(variable)
          .hasMessageContaining("postgresql://user:password@host:port/database")
          .hasMessageNotContaining("sec");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://cache", "redis:cache", "redis://", "redis://:sec ret@cache"})
  void soIsThatOfACache(String url) {
    assertThatThrownBy(() -> WorldSettings.of(Map.of("KAZASHI_REDIS_URL", url)).requireServers())
        .isInstanceOf(WorldTrouble.class)
        .hasMessageStartingWith("KAZASHI_REDIS_URL")
        .hasMessageNotContaining("sec");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://own:pw@db:5432/kazashi",
        "postgresql://own@db/kazashi",
        "postgres://db/kazashi?sslmode=require&user=own"
      })
  void everyFormThatNamesAUserIsTaken(String url) {
    assertThatCode(() -> WorldSettings.of(Map.of("KAZASHI_DB_URL", url)).requireServers())
        .doesNotThrowAnyException();
  }
}
