package jp.kazashi.reader.visit;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.reader.link.Answers;
import org.junit.jupiter.api.Test;

class VisitTest {

  @Test
  void grantOfWhatWasNotOfferedIsNoConsent() {
    Visit.Answered answered = Visits.answered(Answers.offering(MedicalCategory.MEDICATION));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> answered.consented(Answers.grants(Set.of(MedicalCategory.SURGERY))));
  }
}
