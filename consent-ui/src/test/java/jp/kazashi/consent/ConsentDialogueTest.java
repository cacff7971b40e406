package jp.kazashi.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsentDialogueTest {

  private static final Set<MedicalCategory> EVERYTHING = EnumSet.allOf(MedicalCategory.class);

  @Test
  void everythingButSurgeryIsAskedTogetherAndSurgeryByItself() {
    ConsentDialogue dialogue = ConsentDialogue.about(EVERYTHING);

    assertThat(dialogue.question())
        .contains(
            new ConsentQuestion.Together(
                List.of(
                    MedicalCategory.MEDICATION, MedicalCategory.CHECKUP, MedicalCategory.CARE)));
    assertThat(dialogue.answered(ConsentReply.NO).question())
        .contains(new ConsentQuestion.One(MedicalCategory.SURGERY));
  }

  @Test
  void yesToTheBundleAndNoToSurgeryGrantsTheBundleOnly() {
    ConsentDialogue dialogue =
        ConsentDialogue.about(EVERYTHING).answered(ConsentReply.YES).answered(ConsentReply.NO);

    assertThat(dialogue.question()).isEmpty();
    assertThat(dialogue.granted())
        .containsExactlyInAnyOrder(
            MedicalCategory.MEDICATION, MedicalCategory.CHECKUP, MedicalCategory.CARE);
  }

  @Test
  void oneByOneAsksEachKindOfTheBundleThenSurgery() {
    ConsentDialogue dialogue =
        ConsentDialogue.about(EVERYTHING)
            .answered(ConsentReply.ONE_BY_ONE)
            .answered(ConsentReply.YES)
            .answered(ConsentReply.NO)
            .answered(ConsentReply.NO)
            .answered(ConsentReply.YES);

    assertThat(dialogue.question()).isEmpty();
    assertThat(dialogue.granted())
        .containsExactlyInAnyOrder(MedicalCategory.MEDICATION, MedicalCategory.SURGERY);
  }

  @Test
  void backUndoesTheLastAnswer() {
    ConsentDialogue first = ConsentDialogue.about(EVERYTHING);
    ConsentDialogue back = first.answered(ConsentReply.YES).answered(ConsentReply.BACK);

    assertThat(first.canGoBack()).isFalse();
    assertThat(back.question()).isEqualTo(first.question());
    assertThat(back.granted()).isEmpty();
  }

  @Test
  void aSingleOfferedKindIsAskedPlainly() {
    assertThat(ConsentDialogue.about(Set.of(MedicalCategory.CARE)).question())
        .contains(new ConsentQuestion.One(MedicalCategory.CARE));
  }

  @Test
  void nothingOfferedAsksNothing() {
    assertThat(ConsentDialogue.about(Set.of()).question()).isEmpty();
  }

  @Test
  void onlyWhatWasOfferedCanEverBeGranted() {
    Set<MedicalCategory> offered = EnumSet.of(MedicalCategory.MEDICATION, MedicalCategory.SURGERY);
    ConsentDialogue dialogue = ConsentDialogue.about(offered);
    while (dialogue.question().isPresent()) {
      dialogue = dialogue.answered(ConsentReply.YES);
    }

    assertThat(dialogue.granted()).isEqualTo(offered);
  }
}
