package jp.kazashi.reader;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.kazashi.consent.pages.Premises;
import jp.kazashi.reader.ReaderSettings.DeskAddress;
import jp.kazashi.reader.ReaderSettings.KeyFile;
import jp.kazashi.reader.link.ServerKey;
import jp.kazashi.reader.link.TlsIdentity;

/**
 * Where the staff's pages are opened: in plain on this machine, or over TLS also to others (ADR
 * 0043). By which names they may be asked for is what the certificate says.
 */
record DeskDoorway(DeskAddress where, Optional<ServerKey> key, Set<String> names) {

  /** A page that listens is written to every 15 seconds; who holds a line idle loses it. */
  private static final int IDLE_SECONDS = 60;

  static DeskDoorway of(DeskAddress where) throws BadSettings {
    if (where.key().isEmpty()) {
      return new DeskDoorway(where, Optional.empty(), Set.of());
    }
    KeyFile file = where.key().get();
    try {
      ServerKey key = TlsIdentity.serverKey(file.file(), file.password().toCharArray());
      DeskDoorway doorway = new DeskDoorway(where, Optional.of(key), key.hosts());
      if (doorway.isForOthers() && doorway.nameForOthers().isEmpty()) {
        throw new BadSettings(
            "KAZASHI_DESK_KEYSTORE: the certificate names no host that others could ask for. Have"
                + " one issued with the name of this machine as subjectAltName.");
      }
      return doorway;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new BadSettings(
          "KAZASHI_DESK_KEYSTORE: "
              + file.file()
              + " cannot be used: "
              + unusable.getMessage()
              + ".");
    }
  }

  HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions().setHost(where.address().getHostAddress()).setPort(where.port());
    key.ifPresent(own ->
        options
            .setSsl(true)
            .setKeyCertOptions(KeyCertOptions.wrap(own.keys()))
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setIdleTimeout(IDLE_SECONDS));
    return options;
  }

  /** What a browser may call it. */
  Set<String> hosts() {
    Set<String> hosts = new TreeSet<>(Premises.LOOPBACK);
    hosts.addAll(names);
    return hosts;
  }

  /** What staff type. */
  String address(int port) {
    return (key.isPresent() ? "https://" : "http://") + host() + ":" + port + "/";
  }

  /** From other machines by a name of the certificate; here by the address it listens on. */
  private String host() {
    InetAddress address = where.address();
    return isForOthers()
        ? nameForOthers().orElseThrow()
        : address instanceof Inet6Address ? "[::1]" : address.getHostAddress();
  }

  private boolean isForOthers() {
    return !where.address().isLoopbackAddress();
  }

  /** Rather a name than an address: they come last. */
  private Optional<String> nameForOthers() {
    return names.stream()
        .filter(name -> !Premises.LOOPBACK.contains(name))
        .max(Comparator.naturalOrder());
  }
}
