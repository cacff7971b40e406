package jp.kazashi.reader.desk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.desk.FailureDesk;
import jp.kazashi.consent.desk.FrontDesk.Light;
import jp.kazashi.consent.desk.FrontDesk.Light.State;
import jp.kazashi.consent.desk.FrontDesk.Light.Subject;
import jp.kazashi.reader.link.GatewayLink;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.link.SealedChallenge;

/** Looks at all this terminal needs, and says the remedy for what is wrong. */
final class Lights implements Supplier<List<Light>> {

  /** More than this, and challenges seem too old, or from the future. */
  private static final Duration MOST_APART = Duration.ofSeconds(30);

  private static final long DAYS_TO_RENEW = 30;
  private static final long DAYS_TO_HURRY = 7;

  private final Equipment equipment;
  private final GatewayLink gateway;
  private final Supplier<FailureDesk.Standing> failure;
  private final InstantSource world;
  private final InstantSource real;

  Lights(
      Equipment equipment,
      GatewayLink gateway,
      Supplier<FailureDesk.Standing> failure,
      InstantSource world,
      InstantSource real) {
    this.equipment = equipment;
    this.gateway = gateway;
    this.failure = failure;
    this.world = world;
    this.real = real;
  }

  /**
   * What a terminal is made of.
   *
   * @param certificates by the role they are for
   * @param illness of each reader; empty where all serve
   * @param camera where it would be
   * @param scriptedFace nobody's face is compared, so no camera is needed
   * @param folder where this terminal keeps what must survive
   */
  record Equipment(
      Map<String, X509Certificate> certificates,
      Supplier<Map<String, String>> illness,
      Path camera,
      boolean scriptedFace,
      Optional<Path> folder) {}

  @Override
  public List<Light> get() {
    List<Light> lights = new ArrayList<>(line(gateway.challenge()));
    equipment
        .certificates()
        .forEach((role, certificate) -> lights.add(certificate(role, certificate)));
    lights.add(reader());
    lights.add(camera());
    lights.add(store());
    lights.add(exchange());
    return lights;
  }

  /** Line, gateway and clock, seen by one challenge. */
  private List<Light> line(GatewayReply<SealedChallenge> challenge) {
    return switch (challenge) {
      case GatewayReply.Given<SealedChallenge> given ->
          List.of(
              green(Subject.LINE, "つながっています。", "It is up."),
              green(Subject.GATEWAY, "応答しています。", "It answers."),
              clock(given.value().challenge().issuedAt()));
      case GatewayReply.Refused<SealedChallenge> refused -> silent(refused.refusal());
    };
  }

  private static List<Light> silent(Refusal refusal) {
    Light unknown =
        new Light(
            Subject.CLOCK,
            State.YELLOW,
            new Sentence("回線がつながるまで比べられません。", "Not compared: the line has to work first."),
            Optional.empty());
    Sentence reason = new Sentence(refusal.reason().value(), refusal.reason().value());
    return refusal.isOfDeadLine()
        ? List.of(
            new Light(
                Subject.LINE,
                State.RED,
                new Sentence("つながりません。", "It is down."),
                Optional.of(
                    new Sentence(
                        "ルーターの電源とケーブルを確かめ、直らないときは障害モードで受け付けてください。",
                        "Check router and cables; if that does not help, use the failure mode."))),
            new Light(
                Subject.GATEWAY,
                State.YELLOW,
                new Sentence("回線がつながるまで分かりません。", "Not known: the line has to work first."),
                Optional.empty()),
            unknown)
        : List.of(
            green(Subject.LINE, "つながっています。", "It is up."),
            new Light(Subject.GATEWAY, State.RED, reason, Optional.of(refusal.nextStep())),
            unknown);
  }

  private Light clock(Instant there) {
    Duration apart = Duration.between(there, world.instant());
    return apart.abs().compareTo(MOST_APART) <= 0
        ? green(Subject.CLOCK, "センターの時計と合っています。", "It agrees with the gateway's.")
        : new Light(
            Subject.CLOCK,
            State.RED,
            new Sentence(
                "センターの時計と " + apart.toSeconds() + " 秒ずれています。",
                "It is " + apart.toSeconds() + " s away from the gateway's."),
            Optional.of(new Sentence("NTP で時刻を合わせてください。", "Have it set by NTP.")));
  }

  private Light certificate(String role, X509Certificate certificate) {
    long days = Duration.between(real.instant(), certificate.getNotAfter().toInstant()).toDays();
    Sentence says =
        new Sentence(
            role + " の証明書はあと " + days + " 日です。",
            "Days left of the certificate " + role + ": " + days + ".");
    return days > DAYS_TO_RENEW
        ? new Light(Subject.CERTIFICATES, State.GREEN, says, Optional.empty())
        : new Light(
            Subject.CERTIFICATES,
            days > DAYS_TO_HURRY ? State.YELLOW : State.RED,
            says,
            Optional.of(
                new Sentence(
                    "管理者に証明書の更新を依頼してください。", "Ask the operator to renew the certificate.")));
  }

  private Light reader() {
    Map<String, String> ill = equipment.illness().get();
    if (ill.isEmpty()) {
      return green(Subject.READER, "動いています。", "It works.");
    }
    String what = String.join(" / ", ill.keySet());
    return new Light(
        Subject.READER,
        State.RED,
        new Sentence("使えません：" + what, "Not working: " + what),
        Optional.of(
            new Sentence(
                "USB を挿し直し、直らないときはスマートカードのサービスを再起動してください。",
                "Plug it in again; if that does not help, restart the smart card service.")));
  }

  private Light camera() {
    if (Files.exists(equipment.camera())) {
      return green(Subject.CAMERA, "接続されています。", "It is there.");
    }
    return equipment.scriptedFace()
        ? new Light(
            Subject.CAMERA,
            State.YELLOW,
            new Sentence("模擬環境なので、顔は台本どおりに確認されます。", "Simulated world: faces are scripted."),
            Optional.empty())
        : new Light(
            Subject.CAMERA,
            State.YELLOW,
            new Sentence("見つかりません。暗証番号での確認には影響しません。", "None was found. The PIN needs none."),
            Optional.of(new Sentence("顔で確認するにはカメラを接続してください。", "For faces connect one.")));
  }

  private Light store() {
    if (equipment.folder().isEmpty()) {
      return new Light(
          Subject.STORE,
          State.YELLOW,
          new Sentence(
              "保存先がないため、障害時の記録はできません。",
              "There is no folder, so nothing can be recorded during a failure."),
          Optional.of(new Sentence("KAZASHI_READER_DATA を設定してください。", "Set KAZASHI_READER_DATA.")));
    }
    FailureDesk.Standing now = failure.get();
    if (!Files.isWritable(equipment.folder().get()) || now.trouble().isPresent()) {
      return new Light(
          Subject.STORE,
          State.RED,
          new Sentence("障害時の記録ができません。", "Nothing can be recorded during a failure."),
          Optional.of(
              new Sentence(
                  "保存先の空きと権限を確かめ、一度つながった状態でこのプログラムを起動してください。",
                  "Check space and rights of the folder, and start this program once with the line"
                      + " up.")));
    }
    return now.unsent() == 0
        ? green(Subject.STORE, "準備できています。", "Ready.")
        : new Light(
            Subject.STORE,
            State.YELLOW,
            new Sentence(
                "確認待ちの記録が " + now.unsent() + " 件あります。",
                "Records to be verified: " + now.unsent() + "."),
            Optional.of(
                new Sentence("回線が戻れば、ひとりでに確認されます。", "They are sent when the line is back.")));
  }

  private static Light exchange() {
    return new Light(
        Subject.EXCHANGE,
        State.YELLOW,
        new Sentence("この端末ではレセコン連携をしていません。", "This terminal does not carry the exchange."),
        Optional.empty());
  }

  private static Light green(Subject subject, String ja, String en) {
    return new Light(subject, State.GREEN, new Sentence(ja, en), Optional.empty());
  }
}
