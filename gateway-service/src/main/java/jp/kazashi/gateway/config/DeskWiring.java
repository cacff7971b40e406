package jp.kazashi.gateway.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.adapter.password.Argon2id;
import jp.kazashi.gateway.adapter.redis.RedisNews;
import jp.kazashi.gateway.adapter.rest.BulkLinesInJson;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.HolderConfirmation;
import jp.kazashi.gateway.check.LookUp;
import jp.kazashi.gateway.check.RandomIds;
import jp.kazashi.gateway.desk.Accounts;
import jp.kazashi.gateway.desk.BulkLookUp;
import jp.kazashi.gateway.desk.BulkRunner;
import jp.kazashi.gateway.desk.CallStaff;
import jp.kazashi.gateway.desk.ConfirmBySight;
import jp.kazashi.gateway.desk.Desk;
import jp.kazashi.gateway.desk.EventStream;
import jp.kazashi.gateway.desk.EventWaiters;
import jp.kazashi.gateway.desk.References;
import jp.kazashi.gateway.desk.SignIn;
import jp.kazashi.gateway.desk.StaffLooks;
import jp.kazashi.gateway.desk.Usage;
import jp.kazashi.gateway.port.LimitRequests;
import jp.kazashi.qualification.staff.LockoutPolicy;
import jp.kazashi.qualification.store.reactive.AuditInDatabase;
import jp.kazashi.qualification.store.reactive.BulkJobsInDatabase;
import jp.kazashi.qualification.store.reactive.CallsInDatabase;
import jp.kazashi.qualification.store.reactive.ChecksInDatabase;
import jp.kazashi.qualification.store.reactive.EventsInDatabase;
import jp.kazashi.qualification.store.reactive.InstitutionsInDatabase;
import jp.kazashi.qualification.store.reactive.ProofDocumentsInDatabase;
import jp.kazashi.qualification.store.reactive.ReferenceNumbersInDatabase;
import jp.kazashi.qualification.store.reactive.StaffInDatabase;
import org.eclipse.microprofile.config.Config;
import org.hibernate.reactive.mutiny.Mutiny;

/** What is done at desks and by receipt computers beside checks, made of what. */
@ApplicationScoped
public class DeskWiring {
  private static final long LOOK_FOR_JOBS_MILLIS = 2000;

  @Produces
  @Singleton
  DeskSettings settings(Config config) {
    return DeskSettings.from(config);
  }

  @Produces
  @Singleton
  SteadyClock steady() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }

  @Produces
  @Singleton
  Argon2id passwords(RandomGenerator random) {
    return new Argon2id(random);
  }

  @Produces
  @Singleton
  Desk desk(Records records, WorldClock clock) {
    return new Desk(records.station(), clock);
  }

  /** After the records, which bring the schema up to date. */
  @Produces
  @Singleton
  StaffInDatabase staff(Mutiny.SessionFactory sessions, Records records) {
    return new StaffInDatabase(sessions);
  }

  @Produces
  @Singleton
  SignIn signIn(
      StaffInDatabase staff,
      Argon2id passwords,
      Desk desk,
      DeskSettings settings,
      SteadyClock steady,
      RandomGenerator random) {
    return new SignIn(
        staff,
        staff,
        passwords,
        desk,
        LockoutPolicy.ordinary(),
        settings.session(),
        steady,
        random);
  }

  @Produces
  @Singleton
  Accounts accounts(
      StaffInDatabase staff,
      Argon2id passwords,
      Desk desk,
      SteadyClock steady,
      RandomGenerator random) {
    return new Accounts(staff, passwords, desk, steady, random);
  }

  @Produces
  @Singleton
  StaffLooks looks(
      Mutiny.SessionFactory sessions, StaffInDatabase staff, Desk desk, WorldClock clock) {
    return new StaffLooks(new AuditInDatabase(sessions), staff, desk, clock);
  }

  @Produces
  @Singleton
  CallStaff callStaff(
      Mutiny.SessionFactory sessions, EventWaiters waiters, Desk desk, SteadyClock steady) {
    return new CallStaff(
        new CallsInDatabase(sessions), new EventsInDatabase(sessions), waiters, desk, steady);
  }

  @Produces
  @Singleton
  ConfirmBySight confirmBySight(
      CallStaff calls, Desk desk, SteadyClock steady, RandomGenerator random) {
    return new ConfirmBySight(calls, desk, steady, random);
  }

  @Produces
  @Singleton
  ProofDocumentsInDatabase proofDocuments(Mutiny.SessionFactory sessions) {
    return new ProofDocumentsInDatabase(sessions);
  }

  @Produces
  @Singleton
  ReferenceNumbersInDatabase referenceNumbers(Mutiny.SessionFactory sessions) {
    return new ReferenceNumbersInDatabase(sessions);
  }

  @Produces
  @Singleton
  EventWaiters waiters() {
    return new EventWaiters();
  }

  @Produces
  @Singleton
  RedisNews news(
      EventWaiters waiters,
      Mutiny.SessionFactory sessions,
      ReactiveRedisDataSource redis,
      Vertx vertx) {
    return new RedisNews(waiters, new EventsInDatabase(sessions), redis, vertx);
  }

  void stopNews(@Disposes RedisNews news) {
    news.close();
  }

  @Produces
  @Singleton
  EventStream events(
      Mutiny.SessionFactory sessions,
      EventWaiters waiters,
      DeskSettings settings,
      WorldClock clock) {
    return new EventStream(new EventsInDatabase(sessions), waiters, clock, settings.breath());
  }

  @Produces
  @Singleton
  References references(
      Records records,
      Mutiny.SessionFactory sessions,
      ReferenceNumbersInDatabase references,
      LimitRequests limits,
      Desk desk,
      WorldClock clock) {
    return new References(
        records.lookUp(),
        records.checks(),
        new ChecksInDatabase(sessions),
        references,
        limits,
        desk,
        clock);
  }

  @Produces
  @Singleton
  Usage usage(Mutiny.SessionFactory sessions, Desk desk, WorldClock clock) {
    var institutions = new InstitutionsInDatabase(sessions);
    return new Usage(institutions, institutions, desk, clock);
  }

  @Produces
  @Singleton
  BulkRunner bulkRunner(
      Mutiny.SessionFactory sessions,
      LookUp lookUp,
      ObjectMapper json,
      Validator validator,
      Catalogue catalogue,
      WorldClock clock,
      SteadyClock steady,
      RandomGenerator random,
      Vertx vertx) {
    var loop = vertx.getOrCreateContext();
    return new BulkRunner(
        new BulkJobsInDatabase(sessions),
        lookUp,
        new BulkLinesInJson(json, validator, catalogue),
        RandomIds.next(random),
        clock,
        steady,
        work -> loop.runOnContext(on -> work.run()));
  }

  @Produces
  @Singleton
  BulkLookUp bulk(
      Mutiny.SessionFactory sessions,
      LimitRequests limits,
      Desk desk,
      BulkRunner runner,
      WorldClock clock,
      RandomGenerator random) {
    return new BulkLookUp(new BulkJobsInDatabase(sessions), limits, desk, runner, clock, random);
  }

  /** Jobs of a node that died are found by looking. */
  void start(@Observes StartupEvent start, BulkRunner runner, Vertx vertx) {
    vertx.setPeriodic(LOOK_FOR_JOBS_MILLIS, tick -> runner.wake());
  }

  void stop(@Observes ShutdownEvent stop, BulkRunner runner) {
    runner.stop();
  }

  @Produces
  @Singleton
  HolderConfirmation holderConfirmation(StaffInDatabase staff, SteadyClock steady) {
    return new HolderConfirmation(staff, steady);
  }
}
