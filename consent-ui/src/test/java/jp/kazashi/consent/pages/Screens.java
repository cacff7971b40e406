package jp.kazashi.consent.pages;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.consent.ConsentDialogue;
import jp.kazashi.consent.ConsentQuestion;
import jp.kazashi.consent.FaceSetback;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.ScreenView.Working.Step;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.Told;

/** Every screen of the kiosk, by a name for pictures. */
final class Screens {

  static final ScreenView PIN = new ScreenView.EnterPin(3, false, true);

  private Screens() {}

  static Map<String, ScreenView> all() {
    Told soon =
        new Told(
            "CERTIFICATE_EXPIRES_SOON",
            new Sentence(
                "カードの電子証明書の有効期限が近づいています。市区町村の窓口で更新してください。",
                "The certificate on this card will end soon. Please renew it at the municipal"
                    + " office."));
    Told grace =
        new Told(
            "CERTIFICATE_IN_GRACE",
            new Sentence(
                "カードの電子証明書の有効期限が切れています。今回は保険の資格だけ確認できました。市区町村の窓口で更新してください。",
                "The certificate on this card has ended. Only your insurance could be confirmed."
                    + " Please renew it at the municipal office."));
    Told revoked =
        new Told(
            "CERTIFICATE_REVOKED",
            new Sentence(
                "このカードの電子証明書は失効しているため、使えません。",
                "The certificate on this card has been revoked, so it cannot be used."));
    Map<String, ScreenView> all = new LinkedHashMap<>();
    all.put("put-card", new ScreenView.PutCard());
    all.put(
        "choose-method",
        new ScreenView.ChooseMethod(
            EnumSet.of(ProofMethod.FACE, ProofMethod.PIN, ProofMethod.STAFF)));
    all.put(
        "choose-another",
        new ScreenView.ChooseMethod(
            EnumSet.of(ProofMethod.PIN, ProofMethod.STAFF), FaceSetback.NO_PORTRAIT));
    all.put("enter-pin", PIN);
    all.put("enter-pin-again", new ScreenView.EnterPin(2, true, true));
    all.put("enter-pin-last", new ScreenView.EnterPin(1, true, true));
    all.put("face", new ScreenView.Working(Step.CHECKING_FACE));
    all.put("phone", new ScreenView.Working(Step.CONFIRMING_ON_PHONE));
    all.put("working", new ScreenView.Working(Step.ASKING));
    all.put("registration", new ScreenView.AskRegistration());
    all.put("consent", new ScreenView.AskConsent(bundle(), false));
    all.put(
        "surgery",
        new ScreenView.AskConsent(new ConsentQuestion.One(MedicalCategory.SURGERY), true));
    all.put("done", new ScreenView.Done(List.of(soon), List.of(MedicalCategory.values())));
    all.put("done-in-grace", new ScreenView.Done(List.of(grace), List.of()));
    all.put("ended", new ScreenView.Ended(revoked));
    all.put("take-card", new ScreenView.TakeCard());
    all.put("out-of-service", new ScreenView.OutOfService());
    return all;
  }

  static ScreenView named(String name) {
    return Optional.ofNullable(all().get(name)).orElseThrow();
  }

  private static ConsentQuestion bundle() {
    return ConsentDialogue.about(EnumSet.allOf(MedicalCategory.class)).question().orElseThrow();
  }
}
