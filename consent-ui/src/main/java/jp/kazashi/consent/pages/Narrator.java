package jp.kazashi.consent.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.kazashi.consent.Carrier;
import jp.kazashi.consent.ConsentQuestion;
import jp.kazashi.consent.Language;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.ScreenView.Working.Step;
import jp.kazashi.consent.Told;
import jp.kazashi.consent.VisitBoard.Shown;
import jp.kazashi.consent.pages.KioskSetup.Loudness;

/**
 * What is said aloud of a screen: the same sentences as are written on it, and the number of each
 * button. A PIN is never said, and to a loudspeaker nothing that concerns one patient only.
 */
final class Narrator {

  private final Words words;
  private final Function<Told, String> tellings;
  private final KioskSetup setup;

  private Narrator(Words words, Function<Told, String> tellings, KioskSetup setup) {
    this.words = words;
    this.tellings = tellings;
    this.setup = setup;
  }

  static Narrator of(Words words, Tellings tellings, KioskSetup setup) {
    return new Narrator(words, told -> tellings.of(told).text(), setup);
  }

  /** For a voice that reads kana only; what has no reading is left to the screen. */
  static Narrator inKana(Language japanese, KioskSetup setup) {
    Words readings = Words.of("voice", japanese);
    return new Narrator(
        readings,
        told -> readings.say(readings.has(told.id()) ? told.id() : "voiceOnScreen"),
        setup);
  }

  String narrate(Shown shown) {
    return String.join(" ", sentences(shown));
  }

  private List<String> sentences(Shown shown) {
    boolean phone = shown.patient().carrier() == Carrier.PHONE;
    return switch (shown.view()) {
      case ScreenView.PutCard put ->
          setup.phones()
              ? say("putCardTitle", "putCardText", "putCardPhone", "putCardOther")
              : say("putCardTitle", "putCardText", "putCardOther");
      case ScreenView.ChooseMethod choose ->
          with(
              choose.insteadOfFace()
                  ? say("chooseAnotherTitle", "setback" + choose.setback())
                  : say("chooseMethodTitle"),
              numbered(choose.offered().stream().map(this::method)));
      case ScreenView.EnterPin enter -> pin(enter);
      case ScreenView.Working working -> say("working" + working.step(), waiting(working, phone));
      case ScreenView.AskRegistration ask ->
          with(
              say("registerTitle", "registerText", "registerOnce"),
              numbered(say("registerYes", "registerNo").stream()));
      case ScreenView.AskConsent ask -> consent(ask.question());
      case ScreenView.Done done ->
          with(
              say("doneTitle", phone ? "donePhoneText" : "doneText"),
              personal(done.notices().stream().map(tellings).toList()));
      case ScreenView.Ended ended ->
          with(
              with(say("endedTitle"), personal(List.of(tellings.apply(ended.why())))),
              say(phone ? "endedPhoneText" : "endedText"));
      case ScreenView.TakeCard take -> say("takeCardTitle", "takeCardText");
      case ScreenView.OutOfService out -> say("outOfServiceTitle", "outOfServiceText");
    };
  }

  private List<String> pin(ScreenView.EnterPin enter) {
    if (enter.lastTry()) {
      return say("enterPinLastTitle", "enterPinLastText");
    }
    return enter.wrongBefore()
        ? List.of(
            words.say("enterPinAgainTitle"), words.say("enterPinAgainText", enter.triesLeft()))
        : List.of(
            words.say("enterPinTitle"),
            words.say("enterPinText"),
            words.say("enterPinTries", enter.triesLeft()),
            words.say("pinShort"));
  }

  private static String waiting(ScreenView.Working working, boolean phone) {
    return switch (working.step()) {
      case CONFIRMING_ON_PHONE -> "workingOnPhone";
      case CHECKING_FACE -> "faceLOOK_HERE";
      case READING_CARD, CHECKING_PIN, ASKING, REGISTERING, RECORDING_CONSENT ->
          phone && working.step() != Step.ASKING ? "workingPhoneText" : "workingText";
    };
  }

  private List<String> consent(ConsentQuestion question) {
    return switch (question) {
      case ConsentQuestion.Together together ->
          with(
              with(
                  say("askTogetherTitle"), together.categories().stream().map(this::what).toList()),
              with(
                  say("askLimits", "askFree"),
                  numbered(say("askYesTogether", "askNo", "askOneByOne").stream())));
      case ConsentQuestion.One one ->
          with(
              List.of(
                  words.say("askOneTitle", words.say("category" + one.category())),
                  what(one.category())),
              with(say("askLimits", "askFree"), numbered(say("askYes", "askNo").stream())));
    };
  }

  private List<String> personal(List<String> sentences) {
    return sentences.isEmpty() || setup.loudness() == Loudness.HEADPHONES
        ? sentences
        : say("voiceOnScreen");
  }

  private String method(ProofMethod method) {
    return words.say("method" + method);
  }

  private String what(MedicalCategory category) {
    return words.say("category" + category)
        + ": "
        + words.say("category" + category + "Text")
        + ".";
  }

  private List<String> numbered(Stream<String> buttons) {
    List<String> numbered = new ArrayList<>();
    buttons.forEach(button -> numbered.add(words.say("voicePress", numbered.size() + 1, button)));
    return numbered;
  }

  private List<String> say(String... keys) {
    return Stream.of(keys).map(key -> words.say(key)).toList();
  }

  private static List<String> with(List<String> first, List<String> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }
}
