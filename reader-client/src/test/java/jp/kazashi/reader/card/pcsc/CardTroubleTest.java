package jp.kazashi.reader.card.pcsc;

import static org.assertj.core.api.Assertions.assertThat;

import javax.smartcardio.CardException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardTroubleTest {

  @ParameterizedTest
  @ValueSource(strings = {"SCARD_W_REMOVED_CARD", "SCARD_E_NO_SMARTCARD"})
  void removalIsToldByTheInnermostCause(String words) {
    CardException removed = new CardException("transmit() failed", new Exception(words));
    assertThat(CardTrouble.saysGone(removed)).isTrue();
    assertThat(CardTrouble.what(removed)).isEqualTo(words);
  }

  @Test
  void cardThatJavaAlreadyKnowsAsRemovedIsGone() {
    assertThat(CardTrouble.saysGone(new IllegalStateException("Card has been removed"))).isTrue();
  }

  @Test
  void resetIsNoRemoval() {
    CardException reset = new CardException(new Exception("SCARD_W_RESET_CARD"));
    assertThat(CardTrouble.saysReset(reset)).isTrue();
    assertThat(CardTrouble.saysGone(reset)).isFalse();
  }

  @Test
  void troubleWithoutWordsStillHasASentence() {
    assertThat(CardTrouble.what(new CardException((String) null))).isEqualTo("The reader failed.");
  }
}
