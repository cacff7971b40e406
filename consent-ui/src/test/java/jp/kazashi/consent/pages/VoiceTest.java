package jp.kazashi.consent.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jp.kazashi.consent.KioskBoard;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.Told;
import jp.kazashi.consent.pages.KioskSetup.Loudness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the terminal says aloud where the browser has no voice. */
class VoiceTest {
  private static final KioskSetup HEADPHONES =
      new KioskSetup(true, Loudness.HEADPHONES, Optional.empty());
  private static final int WAV_HEADER = 44;
  private static final int A_SECOND_OF_SOUND = 2 * 22_050;

  /** The furigana of easy Japanese stand in brackets behind what they are the reading of. */
  private static final Pattern FURIGANA = Pattern.compile("（[^）]*）");

  private static final Pattern KANA =
      Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}ー、。「」？！ 0-9]+");

  @ParameterizedTest
  @EnumSource(names = {"JA", "JA_EASY"})
  void everyScreenHasAReading(Language japanese) {
    Narrator narrator = Narrator.inKana(japanese, HEADPHONES);
    KioskBoard board = new KioskBoard(japanese);
    Screens.all()
        .forEach((name, screen) -> {
          board.sit().show(screen);
          String said = narrator.narrate(board.shown());
          assertThat(said.replace(':', '、').replace('.', '。')).as(name).matches(KANA);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"JA", "JA_EASY"})
  void readingSaysWhatIsWritten(Language japanese) {
    Words written = Words.of("kiosk", japanese);
    Words readings = Words.of("voice", japanese);
    for (String key : readings.keys()) {
      if (written.has(key)) {
        assertThat(spoken(readings.say(key))).as(key).matches(shape(written.say(key)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JA", "JA_EASY"})
  void everyReasonHasAReading(Language japanese) {
    Words readings = Words.of("voice", japanese);
    Set<String> reasons = new TreeSet<>(readings.keys());
    reasons.removeAll(Words.of("kiosk", japanese).keys());

    Words easy = Words.of("told", Language.JA_EASY);
    assertThat(reasons).isEqualTo(easy.keys());
    assertThat(reasons).allSatisfy(reason -> assertThat(readings.say(reason)).matches(KANA));
    if (japanese == Language.JA_EASY) {
      assertThat(reasons)
          .allSatisfy(
              reason -> assertThat(spoken(readings.say(reason))).matches(shape(easy.say(reason))));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JA", "JA_EASY"})
  void reasonWithoutAReadingIsLeftToTheScreen(Language japanese) {
    KioskBoard board = new KioskBoard(japanese);
    board
        .sit()
        .show(
            new ScreenView.Ended(
                new Told("A_REASON_OF_TOMORROW", new Sentence("失効しています。", "It was revoked."))));

    assertThat(Narrator.inKana(japanese, HEADPHONES).narrate(board.shown()))
        .contains(Words.of("voice", japanese).say("voiceOnScreen"))
        .matches(KANA);
  }

  @ParameterizedTest
  @EnumSource
  void programSaysAScreenInEveryLanguage(Language language) throws IOException {
    Speaker speaker = Speaker.ofThisMachine();
    assumeTrue(speaker.isThere(), "no espeak-ng on this machine");
    String text =
        Speaker.needsKana(language)
            ? Words.of("voice", language).say("putCardTitle")
            : Words.of("kiosk", language).say("putCardTitle");

    byte[] sound = speaker.say(language, text);

    assertThat(new String(sound, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    assertThat(sound.length - WAV_HEADER).isGreaterThan(A_SECOND_OF_SOUND);
  }

  private static String spoken(String reading) {
    return reading.replace(" ", "");
  }

  /** Kana and punctuation as they are written; in place of anything else its reading. */
  private static Pattern shape(String written) {
    StringBuilder shape = new StringBuilder();
    String plain = FURIGANA.matcher(written).replaceAll("").replace(" ", "").replace("　", "");
    boolean read = false;
    for (int at = 0; at < plain.length(); at++) {
      String sign = plain.substring(at, at + 1);
      if ((KANA.matcher(sign).matches() && !sign.matches("[0-9]")) || sign.matches("[{}]")) {
        shape.append(
            switch (sign) {
              // As particles they are said otherwise than they are written.
              case "は" -> "[はわ]";
              case "へ" -> "[へえ]";
              default -> Pattern.quote(sign);
            });
        read = false;
      } else if (at > 0 && plain.charAt(at - 1) == '{') {
        shape.append(Pattern.quote(sign));
      } else if (!read) {
        shape.append(".+?");
        read = true;
      }
    }
    return Pattern.compile(shape.toString());
  }
}
