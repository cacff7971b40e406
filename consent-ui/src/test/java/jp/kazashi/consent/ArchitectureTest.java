package jp.kazashi.consent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

@AnalyzeClasses(packages = "jp.kazashi.consent", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule dependsOnNoOtherModule =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jp.kazashi.jpki..",
              "jp.kazashi.reader..",
              "jp.kazashi.gateway..",
              "jp.kazashi.qualification..",
              "jp.kazashi.simulator..");

  @ArchTest
  static final ArchRule theBoardsKnowNothingOfPages =
      noClasses()
          .that()
          .resideInAPackage("jp.kazashi.consent")
          .and()
          .doNotHaveSimpleName("DemoBoard")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..pages..", "io.vertx..", "io.quarkus..");

  @ArchTest
  static final ArchRule noAmbientClock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule noStaticMutableState = fields().that().areStatic().should().beFinal();
}
