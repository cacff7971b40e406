package jp.kazashi.qualification.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class OldCardTest {
  private static final LocalDate ISSUED = LocalDate.of(2024, 8, 1);

  @Test
  void aCardOfAMunicipalityEndsOnTheLastOfJuly2025() {
    OldCard card = new OldCard(OldCard.Payer.MUNICIPALITY, ISSUED, LocalDate.of(2025, 7, 31), null);

    assertThat(card.acceptedOn(LocalDate.of(2025, 7, 31))).isTrue();
    assertThat(card.acceptedOn(LocalDate.of(2025, 8, 1))).isFalse();
  }

  @Test
  void aCardOfAnEmployeeWithoutADateEndsOnTheFirstOfDecember2025() {
    OldCard card = new OldCard(OldCard.Payer.EMPLOYEES, ISSUED, null, null);

    assertThat(card.acceptedOn(LocalDate.of(2025, 12, 1))).isTrue();
    assertThat(card.acceptedOn(LocalDate.of(2025, 12, 2))).isFalse();
  }

  @Test
  void aCardEndsWithAChangeOfQualification() {
    OldCard card = new OldCard(OldCard.Payer.EMPLOYEES, ISSUED, null, LocalDate.of(2025, 4, 1));

    assertThat(card.acceptedOn(LocalDate.of(2025, 4, 1))).isTrue();
    assertThat(card.acceptedOn(LocalDate.of(2025, 4, 2))).isFalse();
  }

  @Test
  void anEarlierDateOnTheCardStands() {
    OldCard card = new OldCard(OldCard.Payer.EMPLOYEES, ISSUED, LocalDate.of(2025, 3, 31), null);

    assertThat(card.lastDay()).isEqualTo(LocalDate.of(2025, 3, 31));
  }

  @Test
  void noCardWasIssuedFromDecember2024On() {
    assertThatThrownBy(
            () -> new OldCard(OldCard.Payer.EMPLOYEES, OldCard.NO_NEW_CARDS_FROM, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
