package jp.kazashi.consent.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.CameraPreview;
import jp.kazashi.consent.Comfort;
import jp.kazashi.consent.FaceSetback;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.desk.FailureDesk;
import jp.kazashi.consent.desk.FrontDesk;
import jp.kazashi.consent.desk.LookBook;
import jp.kazashi.consent.desk.RecordsDesk;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.consent.desk.StaffDoor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

  private static final Path TEMPLATES =
      Path.of("src/main/resources/jp/kazashi/consent/pages/templates");

  @ParameterizedTest
  @ValueSource(strings = {"kiosk", "desk"})
  void everyLanguageHasTheSameSentencesAndNoneIsEmpty(String pages) {
    Words japanese = Words.of(pages, Language.JA);
    for (Language language : languages(pages)) {
      Words words = Words.of(pages, language);
      assertThat(words.keys()).as(language.name()).isEqualTo(japanese.keys());
      assertThat(words.keys()).allSatisfy(key -> assertThat(words.say(key)).isNotBlank());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kiosk", "desk"})
  void everySentenceHasTheSamePartsInEveryLanguage(String pages) {
    Words japanese = Words.of(pages, Language.JA);
    for (Language language : languages(pages)) {
      Words words = Words.of(pages, language);
      assertThat(words.keys())
          .allSatisfy(key -> assertThat(parts(words.say(key))).isEqualTo(parts(japanese.say(key))));
    }
  }

  private static List<Language> languages(String pages) {
    return pages.equals("kiosk") ? List.of(Language.values()) : Language.OF_STAFF;
  }

  @Test
  void whatTheCataloguesTellIsTranslatedForEveryLanguageTheyDoNotSpeak() {
    Set<String> reasons = Words.of("told", Language.JA_EASY).keys();
    for (Language language : Language.values()) {
      if (!Language.OF_STAFF.contains(language)) {
        Words words = Words.of("told", language);
        assertThat(words.keys()).as(language.name()).isEqualTo(reasons);
        assertThat(words.keys())
            .allSatisfy(key -> assertThat(words.say(key)).isNotBlank().doesNotContain("{"));
      }
    }
  }

  /** A sentence nobody translated would be the English one; only what is a name may be. */
  @Test
  void nothingIsLeftInTheLanguageItWasTranslatedFrom() {
    Words english = Words.of("kiosk", Language.EN);
    Words japanese = Words.of("kiosk", Language.JA);
    for (Language language : Language.values()) {
      if (!Language.OF_STAFF.contains(language)) {
        Words words = Words.of("kiosk", language);
        assertThat(words.keys().stream().filter(key -> !key.equals("productName")))
            .filteredOn(key -> !key.equals("voicePress"))
            .allSatisfy(key ->
                assertThat(words.say(key))
                    .as(language + " " + key)
                    .isNotEqualTo(english.say(key))
                    .satisfiesAnyOf(
                        said -> assertThat(said).isNotEqualTo(japanese.say(key)),
                        said -> assertThat(said.length()).isLessThan(5)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kiosk", "desk"})
  void theTemplatesSayNothingThatIsNotInTheBundleAndTheBundleNothingMore(String pages) {
    Set<String> said = new TreeSet<>(inTemplates(pages));
    said.addAll(pages.equals("kiosk") ? kioskKeys() : deskKeys());

    assertThat(Words.of(pages, Language.JA).keys()).isEqualTo(said);
  }

  /** What the kiosk says by the names of its views. */
  private static List<String> kioskKeys() {
    return Stream.of(
            Stream.of("voiceOnScreen", "voicePress"),
            Stream.of(Comfort.values()).map(c -> "comfort" + c),
            Stream.of(CameraPreview.Guidance.values()).map(g -> "face" + g),
            Stream.of(FaceSetback.values())
                .filter(setback -> setback != FaceSetback.NONE)
                .map(setback -> "setback" + setback),
            Stream.of(ScreenView.Station.values()).map(s -> "step" + s),
            Stream.of(ScreenView.Working.Step.values()).map(s -> "working" + s),
            Stream.of(ProofMethod.values()).flatMap(m -> withText("method" + m)),
            Stream.of(MedicalCategory.values()).flatMap(c -> withText("category" + c)))
        .flatMap(keys -> keys)
        .toList();
  }

  private static Stream<String> withText(String key) {
    return Stream.of(key, key + "Text");
  }

  /** What the desk says by the names of its lines. */
  private static List<String> deskKeys() {
    return Stream.of(
            Stream.of("left", "ratio", "signInEmpty", "formIncomplete", "birthUnreadable"),
            Stream.of("noSuchPage", "tooLarge", "broken"),
            Stream.of("chartsTaken", "chartKept"),
            Stream.of("page", "sign-in", "look-up", "bookings", "failure", "records")
                .map(page -> "title-" + page),
            Stream.of("self-test", "usage", "staff", "looks", "no-page")
                .map(page -> "title-" + page),
            Stream.of("CONFIRMATION", "NOTICE", "PORTAL_SCREEN", "OLD_CARD", "UNSTATED")
                .map(basis -> "basis" + basis),
            Stream.of(FrontDesk.Finding.Kind.values()).map(kind -> "kind" + kind),
            Stream.of(FrontDesk.Light.Subject.values()).map(subject -> "subject" + subject),
            Stream.of(FrontDesk.Light.State.values()).map(state -> "light" + state),
            Stream.of(FailureDesk.Typed.Sex.values()).map(sex -> "sex" + sex),
            Stream.of(Seat.Right.values()).map(right -> "right" + right),
            Stream.of(RecordsDesk.CareKind.values()).map(kind -> "care" + kind),
            Stream.of("bySystem", "daysWrong"),
            Stream.of(LookBook.What.values()).map(what -> "look" + what),
            Stream.of("CONSENT", "CHECK", "PRESENCE", "NUMBERS", "OTHER")
                .map(ground -> "ground" + ground),
            Stream.of(StaffDoor.Doing.values()).map(doing -> "deed" + doing),
            Stream.of(ScreenView.Station.values()).map(s -> "at" + s),
            Stream.of(Arrival.Validity.values()).map(v -> "validity" + v),
            Stream.of(ProofMethod.values()).map(m -> "by" + m),
            Stream.of(MedicalCategory.values()).map(c -> "category" + c))
        .flatMap(keys -> keys)
        .toList();
  }

  private static Set<String> inTemplates(String pages) {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.list(TEMPLATES.resolve(pages))) {
      files.forEach(file -> keys.addAll(find("\\bw\\.(\\w+)", read(file))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    keys.remove("of");
    return keys;
  }

  private static List<String> parts(String sentence) {
    return find("(\\{\\d})", sentence).stream().sorted().toList();
  }

  private static List<String> find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.results().map(found -> found.group(1)).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
