package jp.kazashi.reader.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalReasonsTest {

  private final LocalReasons reasons = LocalReasons.load();

  @ParameterizedTest
  @EnumSource(LocalReason.class)
  void everyReasonHelpsPatientAndDeskInBothLanguages(LocalReason reason) {
    Refusal refusal = reasons.refusal(reason);

    assertThat(refusal.reason().value()).isEqualTo(reason.name());
    assertThat(refusal.patient().ja()).endsWith("。");
    assertThat(refusal.patient().en()).endsWith(".");
    assertThat(refusal.nextStep().ja()).endsWith("。");
    assertThat(refusal.nextStep().en()).endsWith(".");
    assertThat(refusal.nextStep().ja().indexOf('。'))
        .as("the next step is one sentence")
        .isEqualTo(refusal.nextStep().ja().length() - 1);
  }

  @Test
  void wrongPinSaysTheTriesLeft() {
    Refusal refusal = reasons.wrongPin(1);

    assertThat(refusal.patient().ja()).contains("あと 1 回").doesNotContain("{");
    assertThat(refusal.nextStep().en()).contains("Tries left: 1").doesNotContain("{");
  }

  @Test
  void catalogueWithAGapDoesNotLoad() {
    String gap =
        """
        {"CANCELLED": {"patient": {"ja": "あ", "en": "a"}, "nextStep": {"ja": "あ", "en": "a"}}}
        """;

    assertThatThrownBy(
            () -> LocalReasons.read(new ByteArrayInputStream(gap.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("WRONG_PIN");
  }
}
