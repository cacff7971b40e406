package jp.kazashi.reader.selftest;

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
import java.util.stream.Collectors;
import jp.kazashi.consent.Sentence;
import jp.kazashi.consent.desk.FrontDesk.Light;
import jp.kazashi.consent.desk.FrontDesk.Light.Subject;
import jp.kazashi.reader.card.pcsc.PcscReaders;
import jp.kazashi.reader.link.GatewayLink;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.link.SealedChallenge;

/**
 * Looks at all a terminal needs, and says the remedy for what is wrong. The desk shows it as a page
 * and {@code reader self-test} as lines; what is looked at, and what is said of it, is the same.
 */
public final class SelfTest implements Supplier<List<Light>> {

  /** More than this, and challenges seem too old, or from the future. */
  private static final Duration MOST_APART = Duration.ofSeconds(30);

  private static final Duration TO_RENEW = Duration.ofDays(30);
  private static final Duration TO_HURRY = Duration.ofDays(7);

  private static final Sentence IT_IS_UP = new Sentence("つながっています。", "It is up.");
  private static final Sentence LINE_FIRST = new Sentence("先に回線を直してください。", "Mend the line first.");

  private final Equipment equipment;
  private final Line line;
  private final Supplier<Store> store;
  private final Clocks clocks;

  public SelfTest(Equipment equipment, Line line, Supplier<Store> store, Clocks clocks) {
    this.equipment = equipment;
    this.line = line;
    this.store = store;
    this.clocks = clocks;
  }

  /** The time challenges are judged by, and the one that TLS goes by. */
  public record Clocks(InstantSource world, InstantSource real) {}

  /**
   * What a terminal is made of.
   *
   * @param certificates by what they are for
   * @param readers as they are now
   * @param camera where it would be
   */
  public record Equipment(
      Map<String, X509Certificate> certificates,
      Supplier<Readers> readers,
      Path camera,
      Supplier<Faces> faces) {}

  /**
   * The readers of this terminal and the service behind them.
   *
   * @param service how it is
   * @param names those that serve here
   * @param ill by name, why one does not serve
   */
  public record Readers(Service service, List<String> names, Map<String, String> ill) {}

  /** The service that readers are reached through. */
  public sealed interface Service {
    record Answers() implements Service {}

    /** It does, but a restart of it would not be survived (ADR 0010). */
    record AnswersUntilRestarted() implements Service {}

    record Silent(String why) implements Service {}

    /** There is a simulator in its place, and it does not answer. */
    record SimulatorSilent(String why) implements Service {}

    /** Of those readers. */
    static Service of(PcscReaders readers, boolean virtual) {
      Optional<String> trouble = readers.trouble();
      if (trouble.isPresent()) {
        return virtual ? new SimulatorSilent(trouble.get()) : new Silent(trouble.get());
      }
      return virtual || PcscReaders.survivesRestartOfTheService()
          ? new Answers()
          : new AnswersUntilRestarted();
    }
  }

  /** Whether faces are compared. */
  public sealed interface Faces {
    record Ready(String model, String calibration) implements Faces {}

    record Preparing() implements Faces {}

    record Unavailable(List<String> remedies) implements Faces {
      public Unavailable {
        remedies = List.copyOf(remedies);
      }
    }

    /** In the simulated world nobody is compared unless that is asked for. */
    record Scripted() implements Faces {}

    /** The PIN confirms everybody. */
    record NotUsed() implements Faces {}
  }

  /** The way to the gateway. */
  public sealed interface Line {
    record To(GatewayLink gateway) implements Line {}

    record NotConfigured() implements Line {}

    /** Its keys cannot be read. */
    record WithoutKeys(String why) implements Line {}
  }

  /** Where records of a dead line would be kept. */
  public sealed interface Store {
    record None() implements Store {}

    record Unusable() implements Store {}

    /** With so many records that nobody has dealt with yet. */
    record Ready(int unsettled) implements Store {}

    /**
     * How it is with that folder.
     *
     * @param keyIsKnown the gateway's, to seal records with
     */
    static Store of(Optional<Path> folder, boolean keyIsKnown, int unsettled) {
      if (folder.isEmpty()) {
        return new None();
      }
      return keyIsKnown && Files.isWritable(folder.get()) ? new Ready(unsettled) : new Unusable();
    }
  }

  @Override
  public List<Light> get() {
    List<Light> lights = new ArrayList<>(line());
    equipment
        .certificates()
        .forEach((what, certificate) -> lights.add(certificate(what, certificate)));
    Readers readers = equipment.readers().get();
    lights.add(service(readers.service()));
    lights.add(reader(readers));
    Faces faces = equipment.faces().get();
    lights.add(camera(faces));
    lights.add(face(faces));
    lights.add(kept(store.get()));
    lights.add(exchange());
    return lights;
  }

  // ---------------------------------------------------------------- line, gateway, clock

  private List<Light> line() {
    return switch (line) {
      case Line.To(GatewayLink gateway) -> asked(gateway.challenge());
      case Line.NotConfigured _ ->
          dead(
              new Sentence("ゲートウェイが設定されていません。", "No gateway is configured."),
              new Sentence(
                  "KAZASHI_GATEWAY_URL、KAZASHI_GATEWAY_CA、KAZASHI_READER_KEYSTORE、"
                      + "KAZASHI_READER_PASSWORD を設定してください。",
                  "Set KAZASHI_GATEWAY_URL, KAZASHI_GATEWAY_CA, KAZASHI_READER_KEYSTORE and"
                      + " KAZASHI_READER_PASSWORD, or start a world: ./kazashi up"));
      case Line.WithoutKeys(String why) ->
          dead(
              new Sentence("鍵を使えません：" + why, "Its keys cannot be used: " + why),
              new Sentence(
                  "KAZASHI_READER_KEYSTORE、KAZASHI_READER_PASSWORD、KAZASHI_GATEWAY_CA を確かめてください。",
                  "Check KAZASHI_READER_KEYSTORE, KAZASHI_READER_PASSWORD and"
                      + " KAZASHI_GATEWAY_CA."));
    };
  }

  /** All three are seen by one challenge. */
  private List<Light> asked(GatewayReply<SealedChallenge> challenge) {
    return switch (challenge) {
      case GatewayReply.Given<SealedChallenge> given ->
          List.of(
              Light.green(Subject.LINE, IT_IS_UP),
              Light.green(Subject.GATEWAY, new Sentence("応答しています。", "It answers.")),
              clock(given.value().challenge().issuedAt()));
      case GatewayReply.Refused<SealedChallenge> refused -> silent(refused.refusal());
    };
  }

  private static List<Light> silent(Refusal refusal) {
    if (refusal.isOfDeadLine()) {
      return dead(
          new Sentence("つながりません。", "It is down."),
          new Sentence(
              "ルーターの電源とケーブルを確かめ、直らないときは障害モードで受け付けてください。",
              "Check router and cables; if that does not help, use the failure mode."));
    }
    String reason = refusal.reason().value();
    return List.of(
        Light.green(Subject.LINE, IT_IS_UP),
        Light.red(Subject.GATEWAY, new Sentence(reason, reason), refusal.nextStep()),
        notCompared());
  }

  private static List<Light> dead(Sentence says, Sentence remedy) {
    return List.of(
        Light.red(Subject.LINE, says, remedy),
        Light.yellow(Subject.GATEWAY, new Sentence("分かりません。", "Not known."), LINE_FIRST),
        notCompared());
  }

  private static Light notCompared() {
    return Light.yellow(Subject.CLOCK, new Sentence("比べられません。", "Not compared."), LINE_FIRST);
  }

  private Light clock(Instant there) {
    Duration apart = Duration.between(there, clocks.world().instant());
    return apart.abs().compareTo(MOST_APART) <= 0
        ? Light.green(
            Subject.CLOCK, new Sentence("センターの時計と合っています。", "It agrees with the gateway's."))
        : Light.red(
            Subject.CLOCK,
            new Sentence(
                "センターの時計と " + apart.toSeconds() + " 秒ずれています。",
                "It is " + apart.toSeconds() + " s away from the gateway's."),
            new Sentence("NTP で時刻を合わせてください。", "Have it set by NTP."));
  }

  // ---------------------------------------------------------------- certificates

  private Light certificate(String what, X509Certificate certificate) {
    Duration left =
        Duration.between(clocks.real().instant(), certificate.getNotAfter().toInstant());
    Sentence remedy =
        new Sentence("管理者に証明書の更新を依頼してください。", "Ask the operator to renew the certificate.");
    if (left.isNegative()) {
      return Light.red(
          Subject.CERTIFICATES,
          new Sentence(what + " の証明書の期限が切れています。", "The certificate " + what + " has ended."),
          remedy);
    }
    Sentence says =
        new Sentence(
            what + " の証明書はあと " + left.toDays() + " 日です。",
            "Days left of the certificate " + what + ": " + left.toDays() + ".");
    if (left.compareTo(TO_RENEW) > 0) {
      return Light.green(Subject.CERTIFICATES, says);
    }
    return left.compareTo(TO_HURRY) > 0
        ? Light.yellow(Subject.CERTIFICATES, says, remedy)
        : Light.red(Subject.CERTIFICATES, says, remedy);
  }

  // ---------------------------------------------------------------- readers

  private static Light service(Service service) {
    return switch (service) {
      case Service.Answers _ ->
          Light.green(Subject.SERVICE, new Sentence("応答しています。", "It answers."));
      case Service.AnswersUntilRestarted _ ->
          Light.yellow(
              Subject.SERVICE,
              new Sentence(
                  "応答していますが、再起動されると使えなくなります。",
                  "It answers, but its restart would not be survived."),
              new Sentence(
                  "Java を --add-opens java.smartcardio/sun.security.smartcardio=ALL-UNNAMED"
                      + " を付けて起動してください。",
                  "Start Java with --add-opens"
                      + " java.smartcardio/sun.security.smartcardio=ALL-UNNAMED"));
      case Service.Silent(String why) ->
          Light.red(
              Subject.SERVICE,
              new Sentence("応答しません：" + why, why),
              new Sentence(
                  "Linux では systemctl start pcscd、Windows ではサービス「Smart Card」を開始してください。",
                  "Start it: 'systemctl start pcscd' on Linux, the service 'Smart Card' on"
                      + " Windows."));
      case Service.SimulatorSilent(String why) ->
          Light.red(
              Subject.SERVICE,
              new Sentence("模擬リーダーが応答しません：" + why, why),
              new Sentence("./kazashi status で確かめてください。", "See what runs with: ./kazashi status"));
    };
  }

  private static Light reader(Readers readers) {
    if (!readers.ill().isEmpty()) {
      String what =
          readers.ill().entrySet().stream()
              .map(one -> one.getKey() + " (" + one.getValue() + ")")
              .collect(Collectors.joining(" / "));
      return Light.red(
          Subject.READER,
          new Sentence("使えません：" + what, "Not working: " + what),
          new Sentence(
              "USB を挿し直し、直らないときはスマートカードのサービスを再起動してください。",
              "Plug it in again; if that does not help, restart the smart card service."));
    }
    if (readers.names().isEmpty()) {
      return Light.red(
          Subject.READER,
          new Sentence("1 台もつながっていません。", "None is connected."),
          new Sentence("リーダーを接続してください。", "Plug one in; see docs/hardware.md"));
    }
    String names = String.join(", ", readers.names());
    return Light.green(Subject.READER, new Sentence(names, names));
  }

  // ---------------------------------------------------------------- camera, faces

  /** Only where faces are compared anybody misses one. */
  private Light camera(Faces faces) {
    if (Files.exists(equipment.camera())) {
      return Light.green(
          Subject.CAMERA,
          new Sentence(equipment.camera() + " があります。", equipment.camera() + " is there."));
    }
    return switch (faces) {
      case Faces.Scripted _, Faces.NotUsed _ ->
          Light.green(
              Subject.CAMERA, new Sentence("ありませんが、使いません。", "There is none, and none is needed."));
      case Faces.Ready _, Faces.Preparing _, Faces.Unavailable _ ->
          Light.yellow(
              Subject.CAMERA,
              new Sentence("見つかりません。暗証番号での確認には影響しません。", "None was found. The PIN needs none."),
              new Sentence("顔で確認するにはカメラを接続してください。", "For faces connect one."));
    };
  }

  private static Light face(Faces faces) {
    return switch (faces) {
      case Faces.Ready(String model, String calibration) -> {
        String what = "%s, calibration %s.".formatted(model, calibration);
        yield Light.green(Subject.FACE, new Sentence(what, what));
      }
      case Faces.Preparing _ ->
          Light.yellow(
              Subject.FACE,
              new Sentence("準備しています。", "It is being made ready."),
              new Sentence("少し待って、もう一度点検してください。", "Wait a moment and test again."));
      case Faces.Unavailable(List<String> remedies) ->
          Light.yellow(
              Subject.FACE,
              new Sentence(
                  "顔は照合しません。暗証番号と職員が確認します。", "No faces are compared here; PIN and staff confirm."),
              new Sentence(
                  String.join("; ", remedies) + "（docs/face.md）",
                  String.join("; ", remedies) + ". See docs/face.md"));
      case Faces.Scripted _ ->
          Light.yellow(
              Subject.FACE,
              new Sentence(
                  "模擬環境なので、顔は台本どおりに確認されます。",
                  "Simulated world: faces are scripted, and nobody is compared."),
              new Sentence(
                  "照合するには ./kazashi up --face real で始めてください。",
                  "To compare them start with: ./kazashi up --face real"));
      case Faces.NotUsed _ ->
          Light.green(
              Subject.FACE,
              new Sentence("この端末では暗証番号で確認します。", "At this terminal the PIN confirms."));
    };
  }

  // ---------------------------------------------------------------- what is kept, and exchanged

  private static Light kept(Store store) {
    return switch (store) {
      case Store.None _ ->
          Light.yellow(
              Subject.STORE,
              new Sentence(
                  "保存先がないため、障害時の記録はできません。",
                  "There is no folder, so nothing can be recorded during a failure."),
              new Sentence("KAZASHI_READER_DATA を設定してください。", "Set KAZASHI_READER_DATA."));
      case Store.Unusable _ ->
          Light.red(
              Subject.STORE,
              new Sentence("障害時の記録ができません。", "Nothing can be recorded during a failure."),
              new Sentence(
                  "保存先の空きと権限を確かめ、一度つながった状態でこのプログラムを起動してください。",
                  "Check space and rights of the folder, and start this program once with the line"
                      + " up."));
      case Store.Ready(int unsettled) when unsettled == 0 ->
          Light.green(Subject.STORE, new Sentence("準備できています。", "Ready."));
      case Store.Ready(int unsettled) ->
          Light.yellow(
              Subject.STORE,
              new Sentence(
                  "終わっていない障害時の記録が " + unsettled + " 件あります。",
                  "Records of a failure that nobody has dealt with: " + unsettled + "."),
              new Sentence(
                  "回線が戻れば、ひとりでに確認されます。有効でなかった方は障害モードの画面に出ます。",
                  "They are sent when the line is back; who was not covered is on the page of the"
                      + " failure mode."));
    };
  }

  private static Light exchange() {
    return Light.yellow(
        Subject.EXCHANGE,
        new Sentence("この端末ではレセコン連携をしていません。", "This terminal does not carry the exchange."),
        new Sentence(
            "別の端末が行っていれば、何もする必要はありません。", "Nothing is to be done where another terminal does."));
  }
}
