package jp.kazashi.qualification.store.reactive;

import static jp.kazashi.qualification.store.reactive.Counter.claims;
import static jp.kazashi.qualification.store.reactive.Counter.drug;
import static jp.kazashi.qualification.store.reactive.Counter.insured;
import static jp.kazashi.qualification.store.reactive.Counter.people;
import static jp.kazashi.qualification.store.reactive.Counter.registered;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import jp.kazashi.qualification.MyNumberScanner;
import jp.kazashi.qualification.store.reactive.RealDatabase.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealDatabase.class)
class MyNumberScanTest {
  private final Running database;

  MyNumberScanTest(Running database) {
    this.database = database;
  }

  @Test
  void theScannerKnowsAMyNumberHoweverItIsWritten() {
    assertThat(MyNumberScanner.find("123456789018")).containsExactly("123456789018");
    assertThat(MyNumberScanner.find("no. 1234-5678-9018.")).containsExactly("123456789018");
    assertThat(MyNumberScanner.find("１２３４５６７８９０１８")).containsExactly("123456789018");
    assertThat(MyNumberScanner.find("123456789017")).isEmpty();
    assertThat(MyNumberScanner.find("1123456789018")).isEmpty();
    assertThat(MyNumberScanner.find("00000000-0000-4000-8000-123456789018")).isEmpty();
  }

  @Test
  void noTableHoldsAMyNumber() throws SQLException {
    database.take(
        people("scan"),
        insured("1", "P-scan", "2026-04-01", null),
        registered("2", "P-scan", "P-scan"),
        insured("3", "123456789018", "2026-04-01", null));
    database.take(claims("scan"), drug("1", "P-scan", "2026-09", "2026-09-03"));

    try (Connection connection = database.asOwner()) {
      assertThat(MyNumberScanner.scan(connection)).isEmpty();
    }
  }

  @Test
  void theScannerSeesEveryTable() throws SQLException {
    try (Connection connection = database.asOwner();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("insert into intake_batch values ('06130012', 'n-1234-5678-9018', now())");
      assertThat(MyNumberScanner.scan(connection))
          .containsExactly("intake_batch.batch: 123456789018");
      connection.rollback();
    }
  }
}
