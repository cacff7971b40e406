package jp.kazashi.gateway.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.random.RandomGenerator;
import jp.kazashi.gateway.adapter.print.PrintRecords;
import jp.kazashi.gateway.adapter.print.TablePrinter;
import jp.kazashi.gateway.adapter.seal.DegradedSeal;
import jp.kazashi.gateway.check.ReconcileDegraded;
import jp.kazashi.gateway.check.Recording;
import jp.kazashi.gateway.check.ShowAccessLog;
import jp.kazashi.jpki.revocation.FetchRevocation;
import jp.kazashi.jpki.verdict.JudgePolicy;
import jp.kazashi.qualification.store.reactive.AuditInDatabase;
import jp.kazashi.qualification.store.reactive.InstitutionsInDatabase;
import jp.kazashi.qualification.store.reactive.ReconciliationsInDatabase;
import org.eclipse.microprofile.config.Config;
import org.hibernate.reactive.mutiny.Mutiny;

/** What is made for patients beside their checks, made of what. */
@ApplicationScoped
public class PatientWiring {
  /** After the records, which bring the schema up to date. */
  @Produces
  @Singleton
  ShowAccessLog showAccessLog(Mutiny.SessionFactory sessions, Records records, WorldClock clock) {
    return new ShowAccessLog(
        records.checks(),
        records.evidence(),
        records.people(),
        new AuditInDatabase(sessions),
        new InstitutionsInDatabase(sessions),
        new ReconciliationsInDatabase(sessions),
        records.station(),
        clock);
  }

  @Produces
  @Singleton
  DegradedSeal degradedSeal(Config config, GatewaySettings settings, ObjectMapper json) {
    return new DegradedSeal(
        ReconciliationSettings.from(config, StartupGuard.challengeSecret(settings)).secrets(),
        json);
  }

  @Produces
  @Singleton
  ReconcileDegraded reconcile(
      DegradedSeal seal,
      Mutiny.SessionFactory sessions,
      FetchRevocation revocation,
      Records records,
      Recording recording,
      JudgePolicy policy,
      WorldClock clock,
      RandomGenerator random) {
    return new ReconcileDegraded(
        seal,
        new ReconciliationsInDatabase(sessions),
        revocation,
        records.coverage(),
        records.station(),
        recording,
        policy,
        clock,
        random);
  }

  @Produces
  @Singleton
  PrintRecords printRecords(Mutiny.SessionFactory sessions, Records records, WorldClock clock) {
    return new PrintRecords(new InstitutionsInDatabase(sessions), new TablePrinter(), clock);
  }
}
