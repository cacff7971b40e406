package jp.kazashi.gateway.adapter.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "postgresql://own:pw@db:5433/kazashi, jdbc:postgresql://db:5433/kazashi, own, pw",
    "postgres://own:pw@db/kazashi, jdbc:postgresql://db/kazashi, own, pw",
    "postgresql://own@[::1]:5432/kazashi, jdbc:postgresql://[::1]:5432/kazashi, own, ''",
    "postgresql://own:p%40s%3As%2Fw+%23@db/k, jdbc:postgresql://db/k, own, p@s:s/w+#",
    "postgresql://db/k?user=own&password=p%26w&sslmode=require,"
        + " jdbc:postgresql://db/k?sslmode=require, own, p&w",
    "postgresql://own:pw@db/k?sslmode=require, jdbc:postgresql://db/k?sslmode=require, own, pw",
  })
  void everyFormTheReactiveClientTakesIsToldToJdbc(
      String url, String jdbc, String user, String password) {
    assertThat(OwnerAddress.of(url)).isEqualTo(new OwnerAddress(jdbc, user, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgresql://db:5432/kazashi",
        "postgresql://:secret@db/kazashi",
        "jdbc:postgresql://db/kazashi?user=own&password=secret",
        "mysql://own:secret@db/kazashi",
        "postgresql:///kazashi?user=own&password=secret",
        "postgresql://own:sec#ret@db/kazashi",
        "postgresql://own:sec ret@db/kazashi"
      })
  void whatCannotBeOneIsRefusedInWordsThatShowNoPassword(String url) {
    assertThatThrownBy(() -> OwnerAddress.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgresql://user:password@host:port/database")
        .hasMessageNotContaining("sec");
  }

  @Test
  void thePasswordIsNotForLogs() {
    assertThat(OwnerAddress.of("postgresql://own:secret@db/k"))
        .hasToString("jdbc:postgresql://db/k as own");
  }
}
