package jp.kazashi.gateway.adapter.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.kazashi.gateway.adapter.revocation.GatherRevocation.Pace;
import jp.kazashi.gateway.adapter.revocation.OcspMemory.Remembered;
import jp.kazashi.jpki.certificate.CertId;
import jp.kazashi.jpki.certificate.Link;
import jp.kazashi.jpki.revocation.ListJudge;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Trouble;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.revocation.RevocationPlan;
import jp.kazashi.jpki.revocation.RevocationPlan.Kind;
import jp.kazashi.jpki.revocation.RevocationPlan.Source;
import jp.kazashi.jpki.revocation.RevocationStatus.Good;
import jp.kazashi.jpki.revocation.RevocationStatus.Revoked;
import jp.kazashi.jpki.revocation.RevocationStatus.Unavailable;
import jp.kazashi.jpki.revocation.RevocationStatus.UnknownToIssuer;
import jp.kazashi.jpki.revocation.UnavailableCause;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.store.Evidence;
import jp.kazashi.qualification.store.KeepEvidence;
import jp.kazashi.simulator.ocsp.OcspLie;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Revocation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whom a gathering asks, in which order, and what it comes home with. Time passes by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the set-up sets the fields
class GatherRevocationTest {
  private static final URI FIRST = URI.create("http://first.invalid/ocsp");
  private static final URI SECOND = URI.create("http://second.invalid/ocsp");
  private static final URI LIST = URI.create("http://lists.invalid/a.crl");
  private static final Duration BUDGET = Duration.ofSeconds(2);
  private static final Duration HEDGE = Duration.ofMillis(300);
  private static final Duration MEMORY = Duration.ofMinutes(5);

  private AskedJpki jpki;
  private Timers timers;
  private Scripted exchange;
  private Responders responders;
  private CrlShelf shelf;
  private Store store;
  private Shared shared;
  private RevocationWatch watch;
  private SimpleMeterRegistry meters;
  private GatherRevocation gather;
  private Link link;

  @BeforeAll
  void make(@TempDir Path folder) {
    jpki = new AskedJpki(folder);
  }

  @AfterAll
  void close() {
    jpki.close();
  }

  @BeforeEach
  void open() {
    jpki.moveTo(AskedJpki.NOON);
    timers = new Timers();
    responders = new Responders(Duration.ofSeconds(30), timers);
    exchange = new Scripted();
    shelf = new CrlShelf(new ListJudge(jpki.policy().lists(), jpki.policy().anchors()));
    store = new Store();
    shared = new Shared();
    meters = new SimpleMeterRegistry();
    watch =
        new RevocationWatch(
            jpki.policy().anchors(), key -> List.of(FIRST, SECOND), responders, shelf);
    gather = gatherer();
    link = jpki.link(jpki.card());
  }

  private GatherRevocation gatherer() {
    RevocationMeters shown = new RevocationMeters(meters);
    RevocationPlan plan =
        new RevocationPlan(
            List.of(
                new Source(Kind.OCSP, FIRST, BUDGET),
                new Source(Kind.OCSP, SECOND, BUDGET),
                new Source(Kind.CRL, LIST, BUDGET)));
    return new GatherRevocation(
        key -> plan,
        new Pace(BUDGET, HEDGE, MEMORY),
        new NearMemory(100, shared, shown),
        exchange,
        responders,
        shelf,
        new KeptLists(store),
        watch,
        shown,
        jpki.clock(),
        timers);
  }

  @Test
  void theFirstResponderThatDecidesIsTheOnlyOneAsked() {
    exchange.honest(FIRST);

    List<RevocationEvidence> gathered = gathered(ask());

    assertThat(exchange.asked).containsExactly(FIRST);
    assertThat(jpki.soFar(link).judged(gathered)).isInstanceOf(Good.class);
    assertThat(gathered).singleElement().isInstanceOf(OcspAnswer.class);
    assertThat(timers.waiting()).as("nobody waits any more").isZero();
  }

  @Test
  void aSlowResponderIsOvertakenByTheNextAndItsSilenceIsRecorded() {
    exchange.honest(SECOND);
    CompletableFuture<List<RevocationEvidence>> asking = ask();

    timers.pass(HEDGE.minusMillis(1));
    assertThat(exchange.asked).containsExactly(FIRST);
    timers.pass(Duration.ofMillis(1));

    assertThat(exchange.asked).containsExactly(FIRST, SECOND);
    List<RevocationEvidence> gathered = gathered(asking);
    assertThat(gathered.getFirst())
        .isEqualTo(new Unanswered(FIRST, AskedJpki.NOON, Trouble.TIMED_OUT));
    assertThat(gathered.getLast()).isInstanceOf(OcspAnswer.class);
    assertThat(jpki.soFar(link).judged(gathered)).isInstanceOf(Good.class);
    assertThat(count("kazashi.revocation.hedged", "source", FIRST.toString())).isEqualTo(1);
  }

  @Test
  void theFirstStillWinsWhenItAnswersBeforeTheSecond() {
    CompletableFuture<List<RevocationEvidence>> asking = ask();
    timers.pass(HEDGE);
    assertThat(exchange.asked).containsExactly(FIRST, SECOND);

    exchange.answers(FIRST, jpki.answer(FIRST, AskedJpki.id(link)));

    List<RevocationEvidence> gathered = gathered(asking);
    assertThat(gathered.getFirst()).isInstanceOf(OcspAnswer.class);
    assertThat(gathered.getLast())
        .isEqualTo(new Unanswered(SECOND, AskedJpki.NOON, Trouble.TIMED_OUT));
  }

  @Test
  void whoFailsIsFollowedAtOnce() {
    exchange.fails(FIRST, Trouble.UNREACHABLE);
    exchange.honest(SECOND);

    List<RevocationEvidence> gathered = gathered(ask());

    assertThat(exchange.asked).containsExactly(FIRST, SECOND);
    assertThat(gathered.getFirst())
        .isEqualTo(new Unanswered(FIRST, AskedJpki.NOON, Trouble.UNREACHABLE));
    assertThat(jpki.soFar(link).judged(gathered)).isInstanceOf(Good.class);
  }

  @Test
  void anAnswerThatDecidesNothingFallsThroughAndStaysAmongTheEvidence() {
    Link another = jpki.link(jpki.card());
    exchange.says(FIRST, () -> jpki.answer(FIRST, AskedJpki.id(another)));
    exchange.honest(SECOND);

    List<RevocationEvidence> gathered = gathered(ask());

    assertThat(jpki.policy().revocation().findings(gathered, link, AskedJpki.NOON).getFirst())
        .extracting(finding -> finding.status())
        .isEqualTo(new Unavailable(UnavailableCause.OTHER_CERTIFICATE));
    assertThat(jpki.soFar(link).judged(gathered)).isInstanceOf(Good.class);
    assertThat(count("kazashi.revocation.unusable", "cause", "other-certificate")).isEqualTo(1);
  }

  @Test
  void theWholeGatheringEndsWithItsBudgetAndFallsBackToTheWarmList() {
    shelf.offer(jpki.list(), LIST, jpki.instant());
    CompletableFuture<List<RevocationEvidence>> asking = ask();

    timers.pass(BUDGET.minusMillis(1));
    assertThat(asking).isNotDone();
    timers.pass(Duration.ofMillis(1));

    List<RevocationEvidence> gathered = gathered(asking);
    assertThat(gathered)
        .extracting(RevocationEvidence::source)
        .containsExactly(FIRST, SECOND, LIST);
    assertThat(jpki.soFar(link).judged(gathered)).isInstanceOf(Good.class);
    assertThat(count("kazashi.revocation.gathered", "by", "crl")).isEqualTo(1);
  }

  @Test
  void aListIsInTheRecordBeforeItIsCitedAndBroughtThereOnce() {
    shelf.offer(jpki.list(), LIST, jpki.instant());
    exchange.fails(FIRST, Trouble.REFUSED);
    exchange.fails(SECOND, Trouble.REFUSED);

    CrlSnapshot cited = (CrlSnapshot) gathered(ask()).getLast();
    gathered(ask());

    assertThat(store.kept).containsExactly(Digest.fromBytes(cited.list().digest().toArray()));
  }

  @Test
  void whereNobodySaysAnythingTheEvidenceIsSilenceAndTheOutageIsKnown() {
    exchange.fails(FIRST, Trouble.REFUSED);
    exchange.fails(SECOND, Trouble.TIMED_OUT);

    List<RevocationEvidence> gathered = gathered(ask());

    assertThat(jpki.soFar(link).judged(gathered))
        .isEqualTo(new Unavailable(UnavailableCause.UNANSWERED));
    assertThat(watch.isMissing()).isTrue();
    assertThat(watch.about(AskedJpki.id(link), jpki.instant())).isEmpty();
    assertThat(watch.trouble(jpki.instant())).isPresent();

    exchange.honest(FIRST);
    gathered(ask());

    assertThat(watch.isMissing()).isFalse();
    assertThat(watch.about(AskedJpki.id(link), jpki.instant())).contains(AskedJpki.NOON);
    assertThat(watch.trouble(jpki.instant())).isEmpty();
  }

  @Test
  void aWarmListThatSaysRevokedIsEnough() {
    IssuedCertificate lost = jpki.card();
    jpki.jpki().revoke(lost, Revocation.Reason.KEY_COMPROMISE, AskedJpki.NOON.minusSeconds(60));
    shelf.offer(jpki.list(), LIST, jpki.instant());
    link = jpki.link(lost);

    List<RevocationEvidence> gathered = gathered(ask());

    assertThat(exchange.asked).isEmpty();
    assertThat(jpki.soFar(link).judged(gathered)).isInstanceOf(Revoked.class);
  }

  @Test
  void aHoldOnAWarmListMayHaveBeenLiftedSoTheResponderIsAsked() {
    IssuedCertificate found = jpki.card();
    jpki.jpki().hold(found, AskedJpki.NOON.minusSeconds(60));
    shelf.offer(jpki.list(), LIST, jpki.instant());
    jpki.jpki().release(found, AskedJpki.NOON);
    link = jpki.link(found);
    exchange.honest(FIRST);

    List<RevocationEvidence> gathered = gathered(ask());

    assertThat(exchange.asked).containsExactly(FIRST);
    assertThat(jpki.soFar(link).judged(gathered)).isInstanceOf(Good.class);
  }

  @Test
  void aListThatRanOutStillRefusesWhatItLists() {
    IssuedCertificate lost = jpki.card();
    jpki.jpki().revoke(lost, Revocation.Reason.KEY_COMPROMISE, AskedJpki.NOON.minusSeconds(60));
    shelf.offer(jpki.list(), LIST, jpki.instant());
    jpki.moveTo(AskedJpki.NOON.plus(Duration.ofDays(9)));
    link = jpki.link(lost);

    assertThat(jpki.soFar(link).judged(gathered(ask()))).isInstanceOf(Revoked.class);
  }

  @Test
  void anAnswerIsUsedAgainWithoutAskingAnybodyOnAnyNode() {
    exchange.honest(FIRST);
    List<RevocationEvidence> first = gathered(ask());

    assertThat(gathered(ask())).isEqualTo(first);
    assertThat(gathered(askOf(gatherer()))).as("another node").isEqualTo(first);

    assertThat(exchange.asked).containsExactly(FIRST);
    assertThat(count("kazashi.revocation.recalled", "where", "node")).isEqualTo(1);
    assertThat(count("kazashi.revocation.recalled", "where", "redis")).isEqualTo(1);
  }

  @Test
  void aRememberedAnswerIsJudgedAgainAndAskedAnewOnceItIsStale() {
    exchange.honest(FIRST);
    OcspAnswer answer = (OcspAnswer) gathered(ask()).getFirst();
    // Whoever can write there says that it lives for ever.
    shared.known.put(AskedJpki.id(link), new Remembered(answer, Instant.MAX));
    jpki.moveTo(AskedJpki.NOON.plus(Duration.ofMinutes(11)));

    List<RevocationEvidence> gathered = gathered(askOf(gatherer()));

    assertThat(exchange.asked).containsExactly(FIRST, FIRST);
    assertThat(gathered).doesNotContain(answer);
    assertThat(jpki.soFar(link).judged(gathered)).isInstanceOf(Good.class);
    assertThat(count("kazashi.revocation.outlived")).isEqualTo(1);
  }

  @Test
  void anAnswerIsRememberedNoLongerThanItsAgeAndAfterAJumpOfTheClockNotAtAll() {
    exchange.honest(FIRST);
    gathered(ask());
    Remembered known = known();
    assertThat(known.until()).isEqualTo(AskedJpki.NOON.plus(MEMORY));

    assertThat(known.isYoung(AskedJpki.NOON.plus(MEMORY))).isFalse();
    assertThat(known.isYoung(AskedJpki.NOON.minusMillis(1))).isFalse();
  }

  @Test
  void anotherCertificatesAnswerUnderThisOnesNameIsNotUsed() {
    Link another = jpki.link(jpki.card());
    OcspAnswer foreign = jpki.answer(FIRST, AskedJpki.id(another));
    shared.known.put(AskedJpki.id(link), new Remembered(foreign, Instant.MAX));
    exchange.honest(FIRST);

    assertThat(gathered(ask())).doesNotContain(foreign);
    assertThat(exchange.asked).containsExactly(FIRST);
  }

  @Test
  void anAnswerOfASourceNobodyConfiguredIsNotUsed() {
    URI stranger = URI.create("http://stranger.invalid/");
    OcspAnswer foreign = jpki.answer(stranger, AskedJpki.id(link));
    shared.known.put(AskedJpki.id(link), new Remembered(foreign, Instant.MAX));
    exchange.honest(FIRST);

    assertThat(gathered(ask())).doesNotContain(foreign);
  }

  @Test
  void whoWasNeverHeardOfIsAskedAboutEveryTime() {
    exchange.says(FIRST, () -> jpki.lie(FIRST, AskedJpki.id(link), new OcspLie.SaysUnknown()));

    assertThat(jpki.soFar(link).judged(gathered(ask()))).isInstanceOf(UnknownToIssuer.class);
    gathered(ask());

    assertThat(exchange.asked).containsExactly(FIRST, FIRST);
  }

  @Test
  void whoDoesNotAnswerIsLeftOutForAWhileAndThenTriedAgainByOne() {
    exchange.fails(FIRST, Trouble.TIMED_OUT);
    exchange.honest(SECOND);
    for (int visit = 0; visit < Responders.FAILURES; visit++) {
      link = jpki.link(jpki.card());
      gathered(ask());
    }
    exchange.asked.clear();
    link = jpki.link(jpki.card());

    assertThat(gathered(ask()).getFirst())
        .isEqualTo(new Unanswered(FIRST, AskedJpki.NOON, Trouble.NOT_ASKED));
    assertThat(exchange.asked).containsExactly(SECOND);

    timers.pass(Responders.FIRST_REST);
    exchange.honest(FIRST);
    link = jpki.link(jpki.card());
    gathered(ask());
    assertThat(exchange.asked).containsExactly(SECOND, FIRST);
    assertThat(responders.isDead(FIRST)).isFalse();
  }

  private Remembered known() {
    return Optional.ofNullable(shared.known.get(AskedJpki.id(link))).orElseThrow();
  }

  private CompletableFuture<List<RevocationEvidence>> ask() {
    return askOf(gather);
  }

  private CompletableFuture<List<RevocationEvidence>> askOf(GatherRevocation gatherer) {
    return gatherer.about(AskedJpki.id(link), jpki.soFar(link)).toCompletableFuture();
  }

  private static List<RevocationEvidence> gathered(
      CompletableFuture<List<RevocationEvidence>> asking) {
    assertThat(asking).isCompleted();
    return asking.join();
  }

  private double count(String name, String... tags) {
    return Stream.of(meters.find(name).tags(tags).counters())
        .flatMap(found -> found.stream())
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  /** Responders that say what they are told to, or nothing until a test lets them. */
  private final class Scripted implements AskResponder {
    private final List<URI> asked = new ArrayList<>();
    private final Map<URI, Supplier<RevocationEvidence>> script = new HashMap<>();
    private final Map<URI, UniEmitter<? super RevocationEvidence>> silent = new HashMap<>();

    @Override
    public Uni<RevocationEvidence> ask(URI responder, CertId certificate, Instant at) {
      return Uni.createFrom()
          .<RevocationEvidence>emitter(emitter -> {
            asked.add(responder);
            Supplier<RevocationEvidence> line = script.get(responder);
            if (line == null) {
              silent.put(responder, emitter);
            } else {
              emitter.complete(line.get());
            }
          })
          .invoke(evidence -> {
            if (evidence instanceof Unanswered) {
              responders.failed(responder);
            } else {
              responders.answered(responder);
            }
          });
    }

    void honest(URI responder) {
      says(responder, () -> jpki.answer(responder, AskedJpki.id(link)));
    }

    void fails(URI responder, Trouble trouble) {
      says(responder, () -> new Unanswered(responder, jpki.instant(), trouble));
    }

    void says(URI responder, Supplier<RevocationEvidence> line) {
      script.put(responder, line);
    }

    void answers(URI responder, RevocationEvidence evidence) {
      Optional.ofNullable(silent.get(responder)).orElseThrow().complete(evidence);
    }
  }

  /** What all nodes share. */
  private static final class Shared implements OcspMemory {
    private final Map<CertId, Remembered> known = new HashMap<>();

    @Override
    public Uni<Optional<Remembered>> recall(CertId certificate, Instant at) {
      return Uni.createFrom().item(Optional.ofNullable(known.get(certificate)));
    }

    @Override
    public Uni<Void> remember(CertId certificate, Remembered answer) {
      known.put(certificate, answer);
      return Uni.createFrom().voidItem();
    }
  }

  /** The record of what checks share. */
  private static final class Store implements KeepEvidence {
    private final List<Digest> kept = new ArrayList<>();

    @Override
    public Uni<Void> keep(Evidence shared, Instant at) {
      kept.add(shared.digest());
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Optional<byte[]>> find(Digest digest) {
      return Uni.createFrom().item(Optional.empty());
    }
  }
}
