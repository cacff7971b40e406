package jp.kazashi.qualification.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import jp.kazashi.qualification.person.GlyphIssue.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PersonNameTest {
  @Test
  void anOrdinaryNamePrintsAsItIs() {
    PersonName name = new PersonName("髙﨑 德子", "タカサキ トクコ");

    assertThat(name.printable()).isEqualTo("髙﨑 德子");
    assertThat(name.glyphIssues()).isEmpty();
  }

  @Test
  void aCharacterOfASupplementaryPlanePrintsAsItsCustomaryVariant() {
    PersonName name = new PersonName("𠮷野 花", null);

    assertThat(name.printable()).isEqualTo("吉野 花");
    assertThat(name.glyphIssues())
        .containsExactly(new GlyphIssue(0, "𠮷", "吉", Kind.VARIANT_PRINTED));
    assertThat(name.registered()).isEqualTo("𠮷野 花");
  }

  @Test
  void anIdeographicVariationIsDroppedAndSaid() {
    String nabe = "邉" + Character.toString(0xE0102);
    PersonName name = new PersonName("渡" + nabe, null);

    assertThat(name.printable()).isEqualTo("渡邉");
    assertThat(name.glyphIssues())
        .containsExactly(new GlyphIssue(1, nabe, "邉", Kind.VARIATION_DROPPED));
  }

  @Test
  void aVariationOfACharacterThatCannotPrintEndsAsItsVariant() {
    String yoshi = "𠮷" + Character.toString(0xE0100);

    assertThat(new PersonName(yoshi, null).glyphIssues())
        .containsExactly(new GlyphIssue(0, yoshi, "吉", Kind.VARIANT_PRINTED));
  }

  @Test
  void whatNothingRelatedIsKnownForPrintsAsGeta() {
    PersonName name = new PersonName("山𪚥", null);

    assertThat(name.printable()).isEqualTo("山〓");
    assertThat(name.glyphIssues())
        .containsExactly(new GlyphIssue(1, "𪚥", "〓", Kind.NOT_PRINTABLE));
  }

  @Test
  void aPrivateCharacterIsNotTrustedToPrint() {
    assertThat(new PersonName("\uE000田", null).glyphIssues())
        .containsExactly(new GlyphIssue(0, "\uE000", "〓", Kind.NOT_PRINTABLE));
  }

  @Test
  void aCompatibilityIdeographOutsideCp932PrintsAsTheOrdinaryOne() {
    assertThat(new PersonName("\uFA30", null).glyphIssues())
        .containsExactly(new GlyphIssue(0, "\uFA30", "侮", Kind.VARIANT_PRINTED));
  }

  @Test
  void aCompatibilityIdeographInsideCp932StaysWhatItIs() {
    assertThat(new PersonName("\uFA19", null).printable()).isEqualTo("\uFA19");
  }

  @Test
  void aSoundMarkWrittenApartIsNoLoss() {
    PersonName name = new PersonName("か\u3099", null);

    assertThat(name.printable()).isEqualTo("が");
    assertThat(name.glyphIssues()).isEmpty();
  }

  @Test
  void positionsAreCountedAsPeopleCount() {
    PersonName name = new PersonName("𠮷邉" + Character.toString(0xE0100) + "か\u3099𠮷", null);

    assertThat(name.glyphIssues().stream().map(GlyphIssue::position)).containsExactly(0, 1, 3);
  }

  @Test
  void controlAndHalfCharactersAreNoName() {
    assertThatThrownBy(() -> new PersonName("山\n田", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PersonName("山\uD842", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PersonName("　 ", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameIsNotPrintedByAccident() {
    assertThat(new PersonName("山田 花子", null).toString()).doesNotContain("山田");
  }

  @Property
  void whateverIsRegisteredPrintsAndIsKept(
      @ForAll @CharRange(from = '\u3041', to = '\u9FFF') @StringLength(min = 1, max = 20)
          String text) {
    PersonName name = new PersonName(text, null);

    assertThat(name.registered()).isEqualTo(text);
    assertThat(Charset.forName("windows-31j").newEncoder().canEncode(name.printable())).isTrue();
    if (name.printable().equals(text)) {
      assertThat(name.glyphIssues()).isEmpty();
    }
  }
}
