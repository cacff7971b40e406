package jp.kazashi.simulator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Date;
import java.util.Random;
import jp.kazashi.simulator.terminal.VirtualTerminalProvider;
import jp.kazashi.simulator.world.SimulatorMain;

@AnalyzeClasses(packages = "jp.kazashi.simulator", importOptions = DoNotIncludeTests.class)
class SimulatorArchitectureTest {
  @ArchTest
  static final ArchRule theSimulatorSharesNoCodeWithWhatItTries =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("jp.kazashi..")
                  .and(resideOutsideOfPackages("jp.kazashi.simulator.."))
                  .as("are of another module"));

  @ArchTest
  static final ArchRule theCardReaderProviderNeedsNothingButTheJdk =
      noClasses()
          .that()
          .areAssignableTo(VirtualTerminalProvider.class)
          .should()
          .transitivelyDependOnClassesThat(
              resideOutsideOfPackages(
                      "java..",
                      "jdk..",
                      "sun..",
                      "javax.smartcardio..",
                      "javax.security..",
                      "org.jspecify.annotations..",
                      "jp.kazashi.simulator.terminal..",
                      "jp.kazashi.simulator.card..")
                  .and(describe("are classes", type -> !type.isPrimitive() && !type.isArray())));

  @ArchTest
  static final ArchRule theRealClockIsReadAtTheTwoRootsOnly =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(SimulatorMain.class.getName())
          .and()
          .doNotHaveFullyQualifiedName("jp.kazashi.simulator.world.UpCommand")
          .should()
          .callCodeUnitWhere(readsTheAmbientClock());

  @ArchTest
  static final ArchRule nothingIsDrawnFromAPredictableSource =
      noClasses()
          .should()
          .callConstructor(Random.class)
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule thereIsNoStaticMutableState =
      fields().that().areStatic().should().beFinal();

  private static DescribedPredicate<JavaCall<?>> readsTheAmbientClock() {
    return describe(
        "the ambient clock is read",
        call -> {
          CodeUnitCallTarget target = call.getTarget();
          String owner = target.getOwner().getFullName();
          return (owner.startsWith("java.time.")
                  && (target.getName().equals("now") || target.getName().startsWith("system")))
              || (owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis"))
              || (target.getOwner().isEquivalentTo(Date.class)
                  && target.getName().equals("<init>")
                  && target.getRawParameterTypes().isEmpty());
        });
  }
}
