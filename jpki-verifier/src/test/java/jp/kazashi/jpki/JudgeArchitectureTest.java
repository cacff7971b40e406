package jp.kazashi.jpki;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Console;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import jp.kazashi.jpki.certificate.CardCertificate;
import jp.kazashi.jpki.certificate.ValidPath;
import jp.kazashi.jpki.verdict.Verdict;

/** The judge is pure: bytes, rules and an instant in, a verdict out (design rules 1, 2 and 10). */
@AnalyzeClasses(packages = "jp.kazashi.jpki", importOptions = DoNotIncludeTests.class)
class JudgeArchitectureTest {
  @ArchTest
  static final ArchRule knowsTheJdkAndBouncyCastleOnly =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "jp.kazashi.jpki..", "java..", "org.bouncycastle.asn1..", "org.jspecify.."));

  @ArchTest
  static final ArchRule doesNoInputOrOutput =
      noClasses()
          .that()
          .resideOutsideOfPackage("jp.kazashi.jpki.cli..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net.http..")
                  .or(resideInAPackage("java.net").and(not(type(URI.class))))
                  .or(belongToAnyOf(File.class, FileInputStream.class, FileOutputStream.class))
                  .or(belongToAnyOf(RandomAccessFile.class, Console.class, Process.class)));

  @ArchTest
  static final ArchRule hasNoClockAndNoChance =
      noClasses()
          .should()
          .dependOnClassesThat(
              belongToAnyOf(Clock.class, InstantSource.class, Random.class, SecureRandom.class))
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(ZoneId.class, "systemDefault")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class);

  @ArchTest
  static final ArchRule sharesNothingThatChanges = fields().that().areStatic().should().beFinal();

  // A walk over bytes or along a path lives inside one call and is seen by nobody else.
  @ArchTest
  static final ArchRule keepsWhatItHas =
      fields()
          .that()
          .areNotStatic()
          .and()
          .areDeclaredInClassesThat(not(simpleNameIn("DerReader", "JsonForm", "State", "Walk")))
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule dependsOneWay =
      slices().matching("jp.kazashi.jpki.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyThePathCheckMakesACardCertificate =
      noClasses()
          .that()
          .doNotHaveSimpleName("PathCheck")
          .should()
          .callConstructorWhere(target(owner(type(CardCertificate.class))));

  @ArchTest
  static final ArchRule onlyPathValidationMakesAValidPath =
      noClasses()
          .that()
          .doNotHaveSimpleName("PathValidation")
          .should()
          .callConstructorWhere(target(owner(type(ValidPath.class))));

  @ArchTest
  static final ArchRule onlyTheJudgeSaysTrusted =
      noClasses()
          .that()
          .doNotHaveSimpleName("ProofJudge")
          .should()
          .callConstructorWhere(target(owner(type(Verdict.Trusted.class))));

  private static DescribedPredicate<JavaClass> simpleNameIn(String... names) {
    return DescribedPredicate.describe(
        "walks", candidate -> Set.of(names).contains(candidate.getSimpleName()));
  }
}
