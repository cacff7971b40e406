package jp.kazashi.gateway.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.qualification.coverage.CoverageAnswer;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.person.PayerNumber;
import jp.kazashi.qualification.person.PersonId;
import jp.kazashi.qualification.proof.ProofDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** AC-23, and what is printed on the other documents. */
class BasisTest {
  private static final PayerNumber EMPLOYEES = InsurerNumber.completing("0613001");
  private static final PayerNumber MUNICIPALITY = InsurerNumber.completing("13800");
  private static final CoverageAnswer UNKNOWN = new CoverageAnswer.Unknown();

  @Test
  void aMunicipalOldCardEndsWithTheLastOfJuly2025() {
    Basis card = basis(Basis.Kind.OLD_CARD, null, null);

    assertThat(accepted(card, "2025-07-31", MUNICIPALITY)).isTrue();
    assertThat(accepted(card, "2025-08-01", MUNICIPALITY)).isFalse();
  }

  @Test
  void anEmployeesOldCardEndsAYearAfterTheLastWereIssued() {
    Basis card = basis(Basis.Kind.OLD_CARD, null, null);

    assertThat(accepted(card, "2025-12-01", EMPLOYEES)).isTrue();
    assertThat(accepted(card, "2025-12-02", EMPLOYEES)).isFalse();
  }

  @Test
  void whatIsPrintedCounts() {
    assertThat(accepted(basis(Basis.Kind.OLD_CARD, null, "2025-03-31"), "2025-04-01", EMPLOYEES))
        .isFalse();
    assertThat(accepted(basis(Basis.Kind.OLD_CARD, "2024-12-02", null), "2025-04-01", EMPLOYEES))
        .isFalse();
    assertThat(
            accepted(basis(Basis.Kind.CONFIRMATION, null, "2026-07-31"), "2026-07-31", EMPLOYEES))
        .isTrue();
    assertThat(
            accepted(basis(Basis.Kind.CONFIRMATION, null, "2026-07-31"), "2026-08-01", EMPLOYEES))
        .isFalse();
  }

  @Test
  void aConfirmationThatTheRecordKnowsToHaveEndedIsNone() {
    ProofDocument ended =
        new ProofDocument(
            UUID.randomUUID(),
            new PersonId(UUID.randomUUID()),
            ProofDocument.Kind.CONFIRMATION,
            ProofDocument.Issue.EX_OFFICIO,
            LocalDate.of(2025, 8, 1),
            LocalDate.of(2026, 7, 31));
    Basis shown = basis(Basis.Kind.CONFIRMATION, null, null);

    assertThat(shown.acceptedOn(LocalDate.of(2026, 7, 31), EMPLOYEES, UNKNOWN, List.of(ended)))
        .isTrue();
    assertThat(shown.acceptedOn(LocalDate.of(2026, 8, 1), EMPLOYEES, UNKNOWN, List.of(ended)))
        .isFalse();
  }

  @Test
  void whoStatesNothingIsNotAsked() {
    assertThat(accepted(Basis.unstated(), "2030-01-01", EMPLOYEES)).isTrue();
  }

  private static boolean accepted(Basis basis, String on, PayerNumber payer) {
    return basis.acceptedOn(LocalDate.parse(on), payer, UNKNOWN, List.of());
  }

  private static Basis basis(Basis.Kind kind, @Nullable String issued, @Nullable String validTo) {
    return new Basis(
        kind,
        Optional.ofNullable(issued).map(LocalDate::parse),
        Optional.ofNullable(validTo).map(LocalDate::parse));
  }
}
