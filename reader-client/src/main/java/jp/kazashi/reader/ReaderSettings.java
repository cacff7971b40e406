package jp.kazashi.reader;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import jp.kazashi.consent.pages.KioskSetup;
import jp.kazashi.reader.face.Calibration;
import jp.kazashi.reader.face.FacePolicy;
import jp.kazashi.reader.face.Terms;
import jp.kazashi.reader.myna.CardIssuers;

/**
 * What a terminal is told at its start. Either it is complete and consistent, or there are no
 * settings.
 *
 * @param reader its key for visits
 * @param viewer its key for the desk; empty where the desk only shows what happens at the kiosk
 * @param desk where the staff's pages are opened
 * @param data the folder for what must survive a restart; without one nothing is recorded while the
 *     line is down
 * @param kioskVoice where the kiosk's spoken guidance comes out
 * @param world present only in the simulated world
 * @param cardReader the reader's name; empty for the first one
 * @param phoneReader the second reader's name, for phones; empty where there is none
 * @param tied whether to end with the process that started this one
 */
record ReaderSettings(
    URI gateway,
    Path gatewayAuthorities,
    KeyFile reader,
    Optional<KeyFile> viewer,
    int kioskPort,
    DeskAddress desk,
    Optional<String> cardReader,
    Optional<String> phoneReader,
    Optional<String> institutionName,
    Optional<Path> data,
    KioskSetup.Loudness kioskVoice,
    Optional<SimulatedWorld> world,
    boolean tied) {

  /** A PKCS#12 file with one key of this terminal. */
  record KeyFile(Path file, String password) {
    @Override
    public String toString() {
      return "KeyFile[" + file + "]";
    }
  }

  /**
   * Where the staff's pages are opened.
   *
   * @param key with one they are served over TLS and not otherwise; beyond this machine there is
   *     always one
   */
  record DeskAddress(InetAddress address, int port, Optional<KeyFile> key) {}

  /**
   * What only the simulated world has.
   *
   * @param cardIssuers whose signature the portraits of cards need, where they are known
   * @param face how faces are really compared; empty where they are scripted
   */
  record SimulatedWorld(
      Path cardProvider,
      URI control,
      String token,
      Duration offset,
      CardIssuers cardIssuers,
      Optional<RealFace> face) {
    @Override
    public String toString() {
      return "SimulatedWorld[control=" + control + "]";
    }
  }

  /**
   * Faces are compared, and by what.
   *
   * @param camera the number of a camera, or a folder of photographs for each card
   */
  record RealFace(Terms terms, String camera) {}

  /** Reads KAZASHI_… from the environment; a system property kazashi.… goes before it. */
  static ReaderSettings read(Map<String, String> environment, Properties properties)
      throws BadSettings {
    return new Source(environment, properties).settings();
  }

  /** Without the secrets in it. */
  @Override
  public String toString() {
    return "ReaderSettings[gateway=" + gateway + ", reader=" + reader + "]";
  }

  private record Source(Map<String, String> environment, Properties properties) {

    ReaderSettings settings() throws BadSettings {
      return new ReaderSettings(
          gateway(),
          file("KAZASHI_GATEWAY_CA", "the PEM file of the authorities that vouch for the gateway"),
          key("KAZASHI_READER_KEYSTORE", "KAZASHI_READER_PASSWORD"),
          value("KAZASHI_VIEWER_KEYSTORE").isPresent()
                  || value("KAZASHI_VIEWER_PASSWORD").isPresent()
              ? Optional.of(key("KAZASHI_VIEWER_KEYSTORE", "KAZASHI_VIEWER_PASSWORD"))
              : Optional.empty(),
          port("KAZASHI_KIOSK_PORT", 8442),
          desk(),
          simulated()
              ? Optional.of(value("KAZASHI_CARD_READER").orElse("Kiosk"))
              : value("KAZASHI_CARD_READER"),
          simulated()
              ? Optional.of(value("KAZASHI_PHONE_READER").orElse("Phone"))
              : value("KAZASHI_PHONE_READER"),
          value("KAZASHI_INSTITUTION_NAME"),
          value("KAZASHI_READER_DATA").map(Path::of),
          loudness(),
          world(),
          flag("KAZASHI_TIED"));
    }

    private DeskAddress desk() throws BadSettings {
      InetAddress address = deskAddress();
      Optional<KeyFile> key =
          value("KAZASHI_DESK_KEYSTORE").isPresent() || value("KAZASHI_DESK_PASSWORD").isPresent()
              ? Optional.of(key("KAZASHI_DESK_KEYSTORE", "KAZASHI_DESK_PASSWORD"))
              : Optional.empty();
      if (!address.isLoopbackAddress() && key.isEmpty()) {
        throw new BadSettings(
            "KAZASHI_DESK_ADDRESS is "
                + address.getHostAddress()
                + ", and beyond this machine the desk is opened over TLS only: set"
                + " KAZASHI_DESK_KEYSTORE and KAZASHI_DESK_PASSWORD, or take it away.");
      }
      return new DeskAddress(address, port("KAZASHI_DESK_PORT", 8443), key);
    }

    private InetAddress deskAddress() throws BadSettings {
      String text = value("KAZASHI_DESK_ADDRESS").orElse("127.0.0.1");
      try {
        return InetAddress.ofLiteral(text);
      } catch (IllegalArgumentException aName) {
        throw new BadSettings(
            "KAZASHI_DESK_ADDRESS should be an address of this machine, or 0.0.0.0 for all, not '"
                + text
                + "'.");
      }
    }

    private KeyFile key(String file, String password) throws BadSettings {
      return new KeyFile(
          file(file, "the PKCS#12 file with this terminal's key"),
          needed(password, "the password of that key store"));
    }

    private URI gateway() throws BadSettings {
      URI gateway = address("KAZASHI_GATEWAY_URL", "the https address of the gateway");
      if (!"https".equals(gateway.getScheme())) {
        throw new BadSettings("KAZASHI_GATEWAY_URL begins with https://, not " + gateway + ".");
      }
      return gateway;
    }

    private Optional<SimulatedWorld> world() throws BadSettings {
      if (simulated()) {
        return Optional.of(
            new SimulatedWorld(
                file("KAZASHI_CARD_PROVIDER", "the simulator's jar"),
                address("KAZASHI_CONTROL_URL", "the address of the simulator's control"),
                needed("KAZASHI_CONTROL_TOKEN", "the control token of the world"),
                Duration.ofMillis(whole("KAZASHI_WORLD_OFFSET_MILLIS", 0)),
                cardIssuers(),
                face()));
      }
      if (value("KAZASHI_CARD_PROVIDER").isPresent()) {
        throw new BadSettings(
            "KAZASHI_CARD_PROVIDER is for the simulated world: set KAZASHI_WORLD_SIMULATED=true"
                + " or take it away.");
      }
      if (whole("KAZASHI_WORLD_OFFSET_MILLIS", 0) != 0) {
        throw new BadSettings(
            "KAZASHI_WORLD_OFFSET_MILLIS is for the simulated world: a real clock is not moved.");
      }
      return Optional.empty();
    }

    private CardIssuers cardIssuers() throws BadSettings {
      if (value("KAZASHI_CARD_ISSUERS").isEmpty()) {
        return CardIssuers.none();
      }
      try {
        return CardIssuers.read(
            file("KAZASHI_CARD_ISSUERS", "the PEM file of who certifies issuers of cards"));
      } catch (IOException unusable) {
        throw new BadSettings("KAZASHI_CARD_ISSUERS " + unusable.getMessage() + ".");
      }
    }

    private Optional<RealFace> face() throws BadSettings {
      return switch (value("KAZASHI_FACE").orElse("scripted")) {
        case "scripted" -> Optional.empty();
        case "real" ->
            Optional.of(
                new RealFace(
                    new Terms(
                        Path.of(
                            needed("KAZASHI_FACE_MODELS", "the folder of ./kazashi face install")),
                        value("KAZASHI_FACE_MODEL").orElse(Terms.USUAL_EMBEDDER),
                        FacePolicy.atTerminal(
                            oneOf(
                                Calibration.Profile.class,
                                "KAZASHI_FACE_PROFILE",
                                Calibration.Profile.USUAL),
                            frames(),
                            liveness())),
                    needed("KAZASHI_FACE_CAMERA", "the number of a camera or a folder")));
        default -> throw new BadSettings("KAZASHI_FACE is scripted or real.");
      };
    }

    private int frames() throws BadSettings {
      long frames = whole("KAZASHI_FACE_FRAMES", FacePolicy.USUAL_FRAMES);
      if (frames < 3 || frames > 5) {
        throw new BadSettings("KAZASHI_FACE_FRAMES is 3, 4 or 5.");
      }
      return (int) frames;
    }

    private FacePolicy.Liveness liveness() throws BadSettings {
      FacePolicy.Liveness liveness =
          oneOf(FacePolicy.Liveness.class, "KAZASHI_FACE_LIVENESS", FacePolicy.Liveness.PASSIVE);
      if (liveness == FacePolicy.Liveness.NOT_JUDGED) {
        throw new BadSettings(
            "KAZASHI_FACE_LIVENESS is passive or active: no picture of a face lets anybody in.");
      }
      return liveness;
    }

    private <E extends Enum<E>> E oneOf(Class<E> kind, String name, E usual) throws BadSettings {
      try {
        return value(name)
            .map(text -> Enum.valueOf(kind, text.toUpperCase(Locale.ROOT)))
            .orElse(usual);
      } catch (IllegalArgumentException unknown) {
        throw new BadSettings(name + " is not known as '" + value(name).orElse("") + "'.");
      }
    }

    private KioskSetup.Loudness loudness() throws BadSettings {
      return switch (value("KAZASHI_KIOSK_VOICE").orElse("loudspeaker")) {
        case "off" -> KioskSetup.Loudness.OFF;
        case "loudspeaker" -> KioskSetup.Loudness.LOUDSPEAKER;
        case "headphones" -> KioskSetup.Loudness.HEADPHONES;
        default -> throw new BadSettings("KAZASHI_KIOSK_VOICE is loudspeaker, headphones or off.");
      };
    }

    private boolean simulated() throws BadSettings {
      return flag("KAZASHI_WORLD_SIMULATED");
    }

    private Path file(String name, String what) throws BadSettings {
      Path file = Path.of(needed(name, what));
      if (!Files.isReadable(file)) {
        throw new BadSettings(name + ": " + file + " cannot be read. It should be " + what + ".");
      }
      return file;
    }

    private URI address(String name, String what) throws BadSettings {
      String text = needed(name, what);
      try {
        URI address = URI.create(text);
        if (address.getHost() != null) {
          return address;
        }
      } catch (IllegalArgumentException notAnAddress) {
        // Said below, like an address without a host.
      }
      throw new BadSettings(name + " should be " + what + ", not '" + text + "'.");
    }

    private int port(String name, int usual) throws BadSettings {
      long port = whole(name, usual);
      if (port < 0 || port > 65_535) {
        throw new BadSettings(name + " should be a port from 0 to 65535.");
      }
      return (int) port;
    }

    private long whole(String name, long usual) throws BadSettings {
      Optional<String> text = value(name);
      try {
        return text.map(Long::valueOf).orElse(usual);
      } catch (NumberFormatException notANumber) {
        throw new BadSettings(name + " should be a whole number, not '" + text.get() + "'.");
      }
    }

    private boolean flag(String name) throws BadSettings {
      return switch (value(name).orElse("false")) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new BadSettings(name + " is true or false.");
      };
    }

    private String needed(String name, String what) throws BadSettings {
      Optional<String> value = value(name);
      if (value.isEmpty()) {
        throw new BadSettings(name + " is not set. It should be " + what + ".");
      }
      return value.get();
    }

    private Optional<String> value(String name) {
      String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
      return Optional.ofNullable(properties.getProperty(property))
          .or(() -> Optional.ofNullable(environment.get(name)))
          .filter(value -> !value.isBlank());
    }
  }
}
