package jp.kazashi.gateway.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.adapter.directory.HolderDirectory;
import jp.kazashi.gateway.adapter.http.BoundedHttp;
import jp.kazashi.gateway.adapter.ops.Alarms;
import jp.kazashi.gateway.adapter.ops.Migrations;
import jp.kazashi.gateway.adapter.ops.NodeHealth;
import jp.kazashi.gateway.adapter.redis.RedisNews;
import jp.kazashi.gateway.adapter.rest.CatalogueFile;
import jp.kazashi.gateway.adapter.rest.CheckDocuments;
import jp.kazashi.gateway.adapter.rest.RecordDigests;
import jp.kazashi.gateway.check.AnswerCheck;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.ChallengeSeal;
import jp.kazashi.gateway.check.FetchCheck;
import jp.kazashi.gateway.check.GatherRecords;
import jp.kazashi.gateway.check.GiveConsent;
import jp.kazashi.gateway.check.HolderConfirmation;
import jp.kazashi.gateway.check.HolderLinks;
import jp.kazashi.gateway.check.LookUp;
import jp.kazashi.gateway.check.OpenCheck;
import jp.kazashi.gateway.check.ReadHistory;
import jp.kazashi.gateway.check.RecallAnswer;
import jp.kazashi.gateway.check.Recording;
import jp.kazashi.gateway.check.RegisterCard;
import jp.kazashi.gateway.check.TakeInFeed;
import jp.kazashi.gateway.desk.TellingStation;
import jp.kazashi.gateway.port.FindHolder;
import jp.kazashi.gateway.port.LastEvidence;
import jp.kazashi.gateway.port.LimitRequests;
import jp.kazashi.gateway.seal.HeldStation;
import jp.kazashi.gateway.seal.SealedStation;
import jp.kazashi.gateway.seal.Tenure;
import jp.kazashi.gateway.seal.Unsealed;
import jp.kazashi.jpki.certificate.CertificateProfile;
import jp.kazashi.jpki.certificate.JpkiProfiles;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.revocation.Freshness;
import jp.kazashi.jpki.revocation.ResponderRules;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.qualification.audit.AuditEpoch;
import jp.kazashi.qualification.audit.NodeId;
import jp.kazashi.qualification.feed.CodeNames;
import jp.kazashi.qualification.store.CommitLimits;
import jp.kazashi.qualification.store.reactive.AnswersInDatabase;
import jp.kazashi.qualification.store.reactive.ChecksInDatabase;
import jp.kazashi.qualification.store.reactive.CoverageInDatabase;
import jp.kazashi.qualification.store.reactive.EpochsInDatabase;
import jp.kazashi.qualification.store.reactive.GroupCommitter;
import jp.kazashi.qualification.store.reactive.IntakeInDatabase;
import jp.kazashi.qualification.store.reactive.PeopleInDatabase;
import jp.kazashi.qualification.store.reactive.ProofDocumentsInDatabase;
import jp.kazashi.qualification.store.reactive.RecordsInDatabase;
import jp.kazashi.qualification.store.reactive.ReferenceNumbersInDatabase;
import org.eclipse.microprofile.config.Config;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** The composition of a node, in one place: what is made of what. */
@ApplicationScoped
public class Wiring {
  private static final Logger LOG = Logger.getLogger(Wiring.class);
  private static final Duration LONGEST_START = Duration.ofSeconds(30);
  private static final String REPLACED =
      "another start runs under this KAZASHI_NODE_ID; end one of the two";

  @Produces
  @Singleton
  GatewaySettings settings(Config config) {
    return GatewaySettings.from(config);
  }

  @Produces
  @Singleton
  WorldClock clock(GatewaySettings settings) {
    StartupGuard.clock(settings);
    return new WorldClock(InstantSource.system(), settings.worldOffset());
  }

  @Produces
  @Singleton
  RandomGenerator random() {
    return new SecureRandom();
  }

  /** Brought up to date before anything. */
  @Produces
  @Singleton
  NodeHealth.SchemaVersion schema(GatewaySettings settings) {
    return new NodeHealth.SchemaVersion(Migrations.run(settings.databaseOwner()));
  }

  @Produces
  @Singleton
  CommitLimits limits(Config config) {
    return CommitSettings.from(config);
  }

  /** This start's audit chain is opened, in a schema that is up to date. */
  @Produces
  @Singleton
  Records records(
      GatewaySettings settings,
      CommitLimits limits,
      NodeHealth.SchemaVersion schema,
      Mutiny.SessionFactory sessions,
      Vertx vertx,
      RedisNews news,
      Unsealed unsealed,
      Alarms alarms,
      WorldClock clock,
      RandomGenerator random) {
    var epochs = new EpochsInDatabase(sessions);
    AuditEpoch epoch =
        epochs.of(new NodeId(settings.nodeId()), clock.instant()).await().atMost(LONGEST_START);
    unsealed.written(epoch.opening());
    var tenure = new Tenure(epochs, epoch, () -> alarms.raise(Alarms.Kind.NODE_REPLACED, REPLACED));
    var committer =
        new GroupCommitter(sessions, epoch, vertx.getDelegate().getOrCreateContext(), limits);
    var coverage = new CoverageInDatabase(sessions);
    var medical = new RecordsInDatabase(sessions);
    var checks = new ChecksInDatabase(sessions);
    return new Records(
        coverage,
        coverage,
        checks,
        checks,
        new AnswersInDatabase(sessions),
        new PeopleInDatabase(sessions),
        new GatherRecords(medical, medical, medical, medical),
        new TellingStation(new SealedStation(new HeldStation(committer, tenure), unsealed), news),
        new IntakeInDatabase(sessions, random, HolderLinks::of, CodeNames.small()),
        tenure);
  }

  @Produces
  @Singleton
  Tenure tenure(Records records) {
    return records.tenure();
  }

  /** A node that cannot write its audit does not start. */
  void start(
      @Observes StartupEvent start, Records records, JudgePolicy policy, ChallengeSeal seal) {
    LOG.infof("event=ready anchors=%d", policy.anchors().size());
  }

  @Produces
  @Singleton
  Catalogue catalogue(ObjectMapper json) {
    return CatalogueFile.read(json);
  }

  @Produces
  @Singleton
  ChallengeSeal seal(GatewaySettings settings, RandomGenerator random) {
    return new ChallengeSeal(StartupGuard.challengeSecret(settings), random);
  }

  @Produces
  @Singleton
  JudgePolicy policy(GatewaySettings settings) {
    return new JudgePolicy(
        StartupGuard.anchors(settings),
        // A simulated world trusts test certificates only, any other real ones only: never both.
        JpkiProfiles.of(CertificateProfile.Purpose.AUTHENTICATION, settings.simulated()),
        ExpiryPolicy.threeMonths(settings.graceFrom()),
        Freshness.ordinary(),
        ResponderRules.strict());
  }

  @Produces
  @Singleton
  FindHolder holders(GatewaySettings settings, BoundedHttp http, ObjectMapper json) {
    return settings
        .directory()
        .<FindHolder>map(
            address -> new HolderDirectory(http, address, settings.directoryBudget(), json))
        .orElseGet(FindHolder::none);
  }

  @Produces
  @Singleton
  Recording recording(CheckDocuments documents, JudgePolicy policy) {
    return new Recording(documents, policy);
  }

  @Produces
  @Singleton
  CheckDocuments documents(ObjectMapper json, Catalogue catalogue) {
    return new CheckDocuments(json, catalogue);
  }

  @Produces
  @Singleton
  OpenCheck openCheck(ChallengeSeal seal, WorldClock clock) {
    return new OpenCheck(seal, clock);
  }

  @Produces
  @Singleton
  AnswerCheck answerCheck(
      ChallengeSeal seal,
      HolderConfirmation confirmation,
      FetchRevocation revocation,
      LastEvidence last,
      RevocationSettings revocationSettings,
      Records records,
      FindHolder holders,
      Recording recording,
      JudgePolicy policy,
      WorldClock clock,
      RandomGenerator random) {
    return new AnswerCheck(
        seal,
        confirmation,
        revocation,
        last,
        revocationSettings.outage(),
        records.coverage(),
        records.station(),
        new RecallAnswer(records.answers(), records.checks()),
        holders,
        recording,
        policy,
        clock,
        random);
  }

  @Produces
  @Singleton
  RegisterCard registerCard(
      Records records,
      FetchRevocation revocation,
      FindHolder holders,
      Recording recording,
      JudgePolicy policy,
      WorldClock clock,
      RandomGenerator random) {
    return new RegisterCard(
        new RecallAnswer(records.answers(), records.checks()),
        records.checks(),
        records.evidence(),
        revocation,
        holders,
        records.coverage(),
        records.station(),
        recording,
        policy,
        clock,
        random);
  }

  @Produces
  @Singleton
  FetchCheck fetchCheck(Records records, WorldClock clock) {
    return new FetchCheck(records.checks(), records.station(), clock);
  }

  @Produces
  @Singleton
  GiveConsent giveConsent(Records records, WorldClock clock) {
    return new GiveConsent(records.checks(), records.station(), clock);
  }

  @Produces
  @Singleton
  ReadHistory readHistory(Records records, ObjectMapper json, WorldClock clock) {
    return new ReadHistory(
        records.checks(),
        records.people(),
        records.medical(),
        records.station(),
        new RecordDigests(json),
        clock);
  }

  @Produces
  @Singleton
  LookUp lookUp(
      Records records,
      ProofDocumentsInDatabase documents,
      ReferenceNumbersInDatabase references,
      LimitRequests limits,
      WorldClock clock) {
    return new LookUp(records.lookUp(), documents, references, limits, records.station(), clock);
  }

  @Produces
  @Singleton
  TakeInFeed takeInFeed(Records records, WorldClock clock) {
    return new TakeInFeed(records.intake(), records.station(), clock);
  }
}
