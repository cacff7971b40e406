package jp.kazashi.reader;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import jp.kazashi.reader.visit.Visit;
import jp.kazashi.reader.visit.VisitFlow;

@AnalyzeClasses(packages = "jp.kazashi.reader", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule readerSeesOnlyVerifierAndPages =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jp.kazashi.simulator..", "jp.kazashi.gateway..", "jp.kazashi.qualification..");

  /** Desk and exchange hold key stores of other roles (design §8): the visit cannot get there. */
  @ArchTest
  static final ArchRule visitAndKioskCannotReachTheDeskNorAnyKeyStore =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..reader.visit..", "..reader.kiosk..", "..reader.card..", "..reader.myna..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..reader.desk..", "..reader.exchange..", "..reader.world..")
          .orShould()
          .dependOnClassesThat(equivalentTo(KeyStore.class));

  @ArchTest
  static final ArchRule keyStoresAreOpenedInOnePlace =
      noClasses()
          .that()
          .doNotHaveSimpleName("TlsIdentity")
          .should()
          .dependOnClassesThat(equivalentTo(KeyStore.class));

  @ArchTest
  static final ArchRule onlyTheFlowMovesAVisit =
      noClasses()
          .that()
          .doNotBelongToAnyOf(VisitFlow.class, Visit.class)
          .should()
          .callMethodWhere(movesAVisit())
          .orShould()
          .callConstructorWhere(targetOwner(assignableTo(Visit.class)));

  @ArchTest
  static final ArchRule partsKnowTheirNeighboursOneWay =
      noClasses()
          .that()
          .resideInAnyPackage("..reader.link..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..reader.visit..",
              "..reader.kiosk..",
              "..reader.desk..",
              "..reader.card..",
              "..reader.myna..");

  @ArchTest
  static final ArchRule visitKnowsNoTransportAndNoPages =
      noClasses()
          .that()
          .resideInAPackage("..reader.visit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net..",
              "io.vertx..",
              "com.fasterxml..",
              "..consent.pages..",
              "..reader.kiosk..")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("HttpGatewayLink");

  @ArchTest
  static final ArchRule noAmbientClock =
      noClasses()
          .that()
          .doNotHaveSimpleName("ReaderMain")
          .and()
          .doNotHaveSimpleName("ReaderCommand")
          .and()
          .resideOutsideOfPackage("..card.pcsc..")
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
  static final ArchRule noStaticMutableState =
      fields().that().areStatic().and().doNotHaveName("$VALUES").should().beFinal();

  /** A state's transition is a method of a state that gives a state. */
  private static DescribedPredicate<JavaMethodCall> movesAVisit() {
    return DescribedPredicate.describe(
        "move a visit",
        call ->
            isState(call.getTargetOwner())
                && isState(call.getTarget().getRawReturnType())
                && !isPartOfAnEnd(call));
  }

  /** An end gives the answered state it came from; reading it moves nothing. */
  private static boolean isPartOfAnEnd(JavaAccess<?> call) {
    return call.getTargetOwner().isAssignableTo(Visit.End.class);
  }

  private static boolean isState(JavaClass type) {
    return type.isAssignableTo(Visit.class);
  }
}
