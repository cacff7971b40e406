package jp.kazashi.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** The arrows of docs/architecture.md, and the rules that hold in every module. */
@AnalyzeClasses(packages = "jp.kazashi", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleDirectionTest {
  private static final String JPKI = "jp.kazashi.jpki..";
  private static final String QUALIFICATION = "jp.kazashi.qualification..";
  private static final String GATEWAY = "jp.kazashi.gateway..";
  private static final String READER = "jp.kazashi.reader..";
  private static final String CONSENT = "jp.kazashi.consent..";
  private static final String SIMULATOR = "jp.kazashi.simulator..";

  @ArchTest
  static final ArchRule theJudgeKnowsNobodyOfOurs =
      noClasses()
          .that()
          .resideInAPackage(JPKI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(QUALIFICATION, GATEWAY, READER, CONSENT, SIMULATOR);

  @ArchTest
  static final ArchRule theJudgeNeedsNoFrameworkAndDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage(JPKI)
          .and()
          // The command's main reads the files it is given.
          .resideOutsideOfPackage("jp.kazashi.jpki.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "io.vertx..",
              "io.smallrye..",
              "jakarta..",
              "org.hibernate..",
              "java.nio.file..",
              "java.net.http..",
              "java.sql..");

  @ArchTest
  static final ArchRule theRecordsKnowNobodyOfOurs =
      noClasses()
          .that()
          .resideInAPackage(QUALIFICATION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JPKI, GATEWAY, READER, CONSENT, SIMULATOR);

  @ArchTest
  static final ArchRule thePagesKnowNobodyOfOurs =
      noClasses()
          .that()
          .resideInAPackage(CONSENT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JPKI, QUALIFICATION, GATEWAY, READER, SIMULATOR);

  @ArchTest
  static final ArchRule theReaderKnowsThePagesAndOfTheJudgeNothingThatJudges =
      noClasses()
          .that()
          .resideInAPackage(READER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              QUALIFICATION,
              GATEWAY,
              SIMULATOR,
              "jp.kazashi.jpki.verdict..",
              "jp.kazashi.jpki.revocation..");

  @ArchTest
  static final ArchRule theGatewayKnowsTheJudgeAndTheRecordsOnly =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(READER, CONSENT, SIMULATOR);

  @ArchTest
  static final ArchRule theSimulatorSharesNoCodeWithWhatItChecks =
      noClasses()
          .that()
          .resideInAPackage(SIMULATOR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JPKI, QUALIFICATION, GATEWAY, READER, CONSENT);

  @ArchTest
  static final ArchRule theUseCasesOfTheGatewayKnowNoAdapter =
      noClasses()
          .that()
          .resideInAnyPackage("jp.kazashi.gateway.check..", "jp.kazashi.gateway.port..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jp.kazashi.gateway.adapter..",
              "jp.kazashi.gateway.config..",
              "io.quarkus..",
              "io.vertx..",
              "jakarta..",
              "com.fasterxml..");

  @ArchTest
  static final ArchRule noStaticStateChanges =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage("..jmh_generated..")
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule nobodyReadsTheClockByTheWay =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      classes()
          .should()
          .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Impl)")
          .andShould()
          .haveNameNotMatching(".*\\.Abstract[A-Z].*");

  @ArchTest
  static final ArchRule onlyTheRootsOfTheCompositionTakeTheRealClock =
      noClasses()
          .that()
          .haveNameNotMatching(".*(Wiring|Main|Command|Supervisor|WorldClock)(\\$.*)?")
          .should()
          .callMethod(InstantSource.class, "system");

  private ModuleDirectionTest() {}
}
