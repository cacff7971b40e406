package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jp.kazashi.gateway.Counter.Card;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.gateway.adapter.ops.OwnerAddress;
import jp.kazashi.gateway.check.StoredEvidence;
import jp.kazashi.jpki.bundle.EvidenceBundle;
import jp.kazashi.jpki.bundle.RecordedVerdict.Outcome;
import jp.kazashi.jpki.revocation.ListLimits;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.RevocationList;
import jp.kazashi.jpki.verdict.Verdict;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.reactive.StoreAtRest;
import jp.kazashi.simulator.pki.Revocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No responder answers, and a list is warm. */
@QuarkusTest
@TestProfile(WarmListTest.WithLists.class)
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class WarmListTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private Town town;
  private Counter kiosk;

  /** Fetched again as often as may be. */
  public static final class WithLists implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("kazashi.crl-urls", "${lists-of-the-tests}", "kazashi.crl-every", "PT5S");
    }
  }

  @BeforeEach
  void nobodyAnswers() {
    town = new Town(world, gateway);
    kiosk = town.counter("kiosk-1", "READER", GatewayWorld.CLINIC);
    Management.await(
        "started", () -> Management.health("started").path("status").asText().equals("UP"));
    world.responderIsUp(false);
  }

  @AfterEach
  void putRight() {
    world.responderIsUp(true);
  }

  @Test
  void aVisitGoesOnAndItsEvidenceIsJudgedAgainFromTheRecord() {
    Card card = town.card(town.insured());

    Reply reply = kiosk.visit(card, world.worldNow());

    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    assertThat(reply.body().path("offeredConsents")).isNotEmpty();
    assertThat(reply.body().path("notices")).isEmpty();
    EvidenceBundle kept = evidence(reply.body());
    assertThat(kept.evidence())
        .extracting(RevocationEvidence::getClass)
        .containsExactly(Unanswered.class, CrlSnapshot.class);
    assertThat(kept.recorded().orElseThrow().outcome()).isEqualTo(Outcome.TRUSTED);
    assertThat(kept.judge()).isInstanceOf(Verdict.Trusted.class);
  }

  @Test
  void whatTheNextListSaysIsRevokedIsRefusedWithoutAskingAnybody() {
    Card lost = town.card(town.insured());
    world.jpki().revoke(lost.certificate(), Revocation.Reason.KEY_COMPROMISE, world.worldNow());

    Management.await(
        "the next list",
        PATIENCE,
        () -> kiosk.visit(lost, world.worldNow()).reason().equals("CERTIFICATE_REVOKED"));
  }

  @Test
  void aNodeIsReadyAsLongAsItsListIsGoodAndSaysThatNobodyAnswers() {
    Card card = town.card(town.insured());
    Management.await(
        "alarm",
        () -> {
          kiosk.visit(card, world.worldNow());
          return Management.health("well").toString().contains("lists stand in");
        });

    assertThat(Management.health("ready").path("status").asText()).isEqualTo("UP");
  }

  private EvidenceBundle evidence(JsonNode answer) {
    OwnerAddress owner = OwnerAddress.of(world.ownerUrl());
    try (StoreAtRest store = StoreAtRest.open(owner.jdbc(), owner.user(), owner.password())) {
      CheckId check = CheckId.parse(answer.path("checkId").asText());
      List<Evidence> pieces = store.evidence().of(check).await().atMost(PATIENCE);
      return new StoredEvidence(pieces)
          .bundle(digest ->
              store
                  .sharedEvidence()
                  .find(Digest.fromBytes(digest.toArray()))
                  .await()
                  .atMost(PATIENCE)
                  .flatMap(bytes -> RevocationList.read(bytes, ListLimits.ordinary())));
    }
  }
}
