package jp.kazashi.qualification;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

@AnalyzeClasses(
    packages = "jp.kazashi.qualification",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] DOMAIN = {
    "jp.kazashi.qualification.institution..",
    "jp.kazashi.qualification.person..",
    "jp.kazashi.qualification.holder..",
    "jp.kazashi.qualification.coverage..",
    "jp.kazashi.qualification.medical..",
    "jp.kazashi.qualification.check..",
    "jp.kazashi.qualification.consent..",
    "jp.kazashi.qualification.audit..",
    "jp.kazashi.qualification.staff..",
    "jp.kazashi.qualification.proof..",
    "jp.kazashi.qualification.intake.."
  };

  @ArchTest
  static final ArchRule theDomainKnowsJavaOnly =
      classes()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(DOMAIN).or(resideInAnyPackage("java..", "org.jspecify..")));

  @ArchTest
  static final ArchRule theDomainDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "java.net..", "java.nio.file..");

  @ArchTest
  static final ArchRule thePortsKnowMutinyAndTheDomainOnly =
      classes()
          .that()
          .resideInAPackage("jp.kazashi.qualification.store")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(DOMAIN)
                  .or(
                      resideInAnyPackage(
                          "jp.kazashi.qualification.store",
                          "java..",
                          "org.jspecify..",
                          "io.smallrye.mutiny..")));

  @ArchTest
  static final ArchRule theModuleKnowsNoOtherModuleNoHttpAndNoCards =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jp.kazashi.jpki..",
              "jp.kazashi.gateway..",
              "jp.kazashi.reader..",
              "jp.kazashi.consent..",
              "jp.kazashi.simulator..",
              "org.bouncycastle..",
              "jakarta.ws.rs..",
              "io.vertx.core.http..",
              "io.vertx.ext.web..",
              "java.net.http..",
              "javax.smartcardio..");

  @ArchTest
  static final ArchRule rowsStayInTheirPackage =
      classes()
          .that()
          .areAnnotatedWith(jakarta.persistence.Entity.class)
          .should()
          .resideInAPackage("jp.kazashi.qualification.store.reactive")
          .andShould()
          .bePackagePrivate();

  @ArchTest
  static final ArchRule timeAndChanceAreGiven =
      noClasses()
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(java.time.LocalDateTime.class, "now")
          .orShould()
          .callMethod(java.time.ZonedDateTime.class, "now")
          .orShould()
          .callMethod(java.time.OffsetDateTime.class, "now")
          .orShould()
          .callMethod(java.time.Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callConstructor(java.util.Random.class)
          .orShould()
          .callConstructor(java.security.SecureRandom.class)
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule nothingStaticChanges =
      fields().that().areStatic().should().beFinal().andShould(holdNothingThatChanges());

  @ArchTest
  static final ArchRule namesComeFromTheCounter =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Abstract.*)");

  private static ArchCondition<JavaField> holdNothingThatChanges() {
    Set<String> unchanging =
        Set.of(
            "java.lang.String",
            "java.util.Map",
            "java.time.Duration",
            "java.time.LocalDate",
            "java.time.ZoneId",
            "java.util.regex.Pattern",
            "java.nio.charset.Charset",
            "boolean",
            "int",
            "long");
    return new ArchCondition<>("hold nothing that changes") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean generated = field.getName().startsWith("$");
        boolean constant = field.getOwner().isEnum() && field.getRawType().isEnum();
        events.add(
            new SimpleConditionEvent(
                field,
                generated || constant || unchanging.contains(field.getRawType().getName()),
                field.getFullName() + " holds a " + field.getRawType().getName()));
      }
    };
  }
}
