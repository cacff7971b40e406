package jp.kazashi.gateway.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.qualification.audit.ChainId;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.store.CommitUnknown;
import jp.kazashi.qualification.store.EpochLost;
import jp.kazashi.qualification.store.NotCommitted;
import jp.kazashi.qualification.store.StoreSilent;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes by itself is told from what somebody has to mend. */
class ProblemMapperTest {
  private static final UUID CHECK = UUID.fromString("00000000-0000-0000-0000-000000000001");

  private final ProblemMapper mapper =
      new ProblemMapper(
          CatalogueFile.read(new ObjectMapper()),
          new Refusals(new SimpleMeterRegistry()),
          QuarkusSecurityIdentity.builder().setAnonymous(true).build(),
          new Random(7));

  @Test
  void aBugSaysWhomToTellWhichNumberAndNeverToTryAgain() {
    Response response = mapper.about(new IllegalStateException("試験　花子"), CHECK);

    Problem problem = (Problem) response.getEntity();
    assertThat(problem.reason()).isEqualTo(Reason.FAULT);
    assertThat(problem.detail()).matches("fault [0-9a-f]{32}");
    assertThat(problem.checkId()).isEqualTo(CHECK);
    assertThat(problem.nextStep().en()).contains("support").doesNotContain("Try again");
    assertThat(response.getHeaderString("Retry-After")).isNull();
  }

  /** A statement that should never have been sent, a value that does not fit, a right missing. */
  @ParameterizedTest
  @ValueSource(strings = {"42601", "42703", "42501", "22001", "23505", "P0001", "XX000"})
  void aStatementThatTheDatabaseWillNotTakeIsABug(String state) {
    assertThat(reason(new HibernateException("x", new SQLException("x", state))))
        .isEqualTo(Reason.FAULT);
  }

  @Test
  void whatOurOwnCodeGotWrongIsABugAlsoWhereItSpeaksOfInputAndOutput() {
    assertThat(reason(new HibernateException("no such entity"))).isEqualTo(Reason.FAULT);
    assertThat(reason(new IOException("cannot write this as JSON"))).isEqualTo(Reason.FAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "40001", "53300", "55P03", "57P01", "57P03", "58030", "28P01"})
  void aDatabaseThatIsAwayOrOverrunIsAskedAgainLater(String state) {
    assertThat(reason(new HibernateException("x", new SQLException("x", state))))
        .isEqualTo(Reason.STORE_UNAVAILABLE);
  }

  @Test
  void aLostWayToTheStoreIsTemporary() {
    assertThat(reason(new ConnectException("refused"))).isEqualTo(Reason.STORE_UNAVAILABLE);
    assertThat(reason(new RuntimeException(ClosedConnectionException.INSTANCE)))
        .isEqualTo(Reason.STORE_UNAVAILABLE);
    assertThat(reason(new TimeoutException())).isEqualTo(Reason.STORE_UNAVAILABLE);
    assertThat(reason(new StoreSilent())).isEqualTo(Reason.STORE_UNAVAILABLE);
  }

  @Test
  void aCommitIsSaidToBeUnknownOnlyWhereItIs() {
    assertThat(reason(new NotCommitted(NotCommitted.Cause.TOO_SLOW)))
        .isEqualTo(Reason.STORE_UNAVAILABLE);
    assertThat(reason(new NotCommitted(NotCommitted.Cause.QUEUE_FULL)))
        .isEqualTo(Reason.STORE_BUSY);
    assertThat(reason(new CommitUnknown())).isEqualTo(Reason.COMMIT_UNKNOWN);
    assertThat(reason(new EpochLost(new ChainId(new NodeId("node-1"), 1))))
        .isEqualTo(Reason.NODE_REPLACED);
  }

  @Test
  void whoeverIsToAskAgainIsToldWhen() {
    for (RuntimeException each :
        List.of(
            new NotCommitted(NotCommitted.Cause.QUEUE_FULL),
            new NotCommitted(NotCommitted.Cause.TOO_SLOW),
            new CommitUnknown(),
            new StoreSilent())) {
      Response response = mapper.about(each, null);
      assertThat(response.getStatus()).isEqualTo(503);
      assertThat(response.getHeaderString("Retry-After")).matches("[1-9][0-9]*");
    }
  }

  @Test
  void aTraceNamesPlacesAndNoWords() {
    SilentTrace trace =
        SilentTrace.of(new IllegalStateException("number 2045", new HibernateException("試験　花子")));

    assertThat(trace.getStackTrace()).isNotEmpty();
    assertThat(trace).hasMessage("java.lang.IllegalStateException");
    assertThat(trace.getCause()).hasMessage("org.hibernate.HibernateException");
  }

  private Reason reason(Throwable failure) {
    return ((Problem) mapper.about(failure, null).getEntity()).reason();
  }
}
