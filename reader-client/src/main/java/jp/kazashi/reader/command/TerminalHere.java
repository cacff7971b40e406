package jp.kazashi.reader.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.kazashi.reader.link.HttpGatewayLink;
import jp.kazashi.reader.link.HttpLine;
import jp.kazashi.reader.link.LocalReasons;
import jp.kazashi.reader.link.TlsIdentity;
import jp.kazashi.reader.selftest.SelfTest.Line;

/**
 * The terminal that the environment describes, as it would start; else that of the world that runs
 * here.
 *
 * @param folder where it keeps what must survive
 */
record TerminalHere(Line line, Map<String, X509Certificate> certificates, Optional<Path> folder) {

  static TerminalHere find() {
    Optional<Description> described = Description.ofEnvironment().or(Description::ofRunningWorld);
    if (described.isEmpty()) {
      return new TerminalHere(
          new Line.NotConfigured(), Map.of(), setting("KAZASHI_READER_DATA").map(Path::of));
    }
    return described.get().read();
  }

  /** What such a terminal is told at its start. */
  private record Description(
      String gateway, Path authorities, Map<String, KeyFile> keys, Optional<Path> folder) {

    static Optional<Description> ofEnvironment() {
      Optional<String> url = setting("KAZASHI_GATEWAY_URL");
      Optional<String> authorities = setting("KAZASHI_GATEWAY_CA");
      Map<String, KeyFile> keys = new TreeMap<>();
      for (String role : new String[] {"READER", "VIEWER", "DESK"}) {
        setting("KAZASHI_" + role + "_KEYSTORE")
            .flatMap(file ->
                setting("KAZASHI_" + role + "_PASSWORD")
                    .map(password -> new KeyFile(Path.of(file), password)))
            .ifPresent(key -> keys.put(role, key));
      }
      return url.isPresent() && authorities.isPresent() && keys.containsKey("READER")
          ? Optional.of(
              new Description(
                  url.get(),
                  Path.of(authorities.get()),
                  keys,
                  setting("KAZASHI_READER_DATA").map(Path::of)))
          : Optional.empty();
    }

    static Optional<Description> ofRunningWorld() {
      try {
        Path home = WorldHome.find();
        RunningWorld.Terminal terminal = RunningWorld.terminalIn(home);
        return Optional.of(
            new Description(
                terminal.gateway(),
                terminal.authorities(),
                terminal.keys(),
                Optional.of(home.resolve("reader"))));
      } catch (Fault noWorld) {
        return Optional.empty();
      }
    }

    TerminalHere read() {
      Map<String, X509Certificate> certificates = new TreeMap<>();
      Line line = new Line.NotConfigured();
      try {
        for (Map.Entry<String, KeyFile> key : keys.entrySet()) {
          Path file = key.getValue().file();
          char[] password = key.getValue().password().toCharArray();
          if (key.getKey().equals("DESK")) {
            certificates.put("DESK", TlsIdentity.certificate(file, password));
            continue;
          }
          TlsIdentity identity = TlsIdentity.read(file, password, authorities);
          certificates.put(key.getKey(), identity.certificate());
          if (key.getKey().equals("READER")) {
            line = new Line.To(link(identity));
          }
        }
        return new TerminalHere(line, certificates, folder);
      } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
        return new TerminalHere(
            new Line.WithoutKeys(String.valueOf(unusable.getMessage())), certificates, folder);
      }
    }

    private HttpGatewayLink link(TlsIdentity identity) {
      return new HttpGatewayLink(
          new HttpLine(
              URI.create(gateway), identity, HttpLine.Patience.USUAL, LocalReasons.load()));
    }
  }

  /** A PKCS#12 file. */
  record KeyFile(Path file, String password) {
    @Override
    public String toString() {
      return "KeyFile[" + file + "]";
    }
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
