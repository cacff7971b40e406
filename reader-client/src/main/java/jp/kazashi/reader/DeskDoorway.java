package jp.kazashi.reader;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.kazashi.consent.pages.Premises;
import jp.kazashi.reader.ReaderSettings.DeskAddress;
import jp.kazashi.reader.ReaderSettings.KeyFile;
import jp.kazashi.reader.link.TlsIdentity;

/**
 * Where the staff's pages are opened: in plain on this machine, or over TLS also to others (ADR
 * 0043). By which names they may be asked for is what the certificate says.
 */
final class DeskDoorway {

  /** A page that listens is written to every 15 seconds; who holds a line idle loses it. */
  private static final int IDLE_SECONDS = 60;

  private static final int DNS_NAME = 2;
  private static final int ADDRESS = 7;

  private final DeskAddress where;
  private final Optional<X509Certificate> certificate;
  private final Set<String> names;
  private final HttpServerOptions options;

  private DeskDoorway(
      DeskAddress where,
      Optional<X509Certificate> certificate,
      Set<String> names,
      HttpServerOptions options) {
    this.where = where;
    this.certificate = certificate;
    this.names = names;
    this.options = options.setHost(where.address().getHostAddress()).setPort(where.port());
  }

  static DeskDoorway of(DeskAddress where) throws BadSettings {
    if (where.key().isEmpty()) {
      return new DeskDoorway(where, Optional.empty(), Set.of(), new HttpServerOptions());
    }
    KeyFile key = where.key().get();
    try {
      X509Certificate certificate =
          TlsIdentity.certificate(key.file(), key.password().toCharArray());
      DeskDoorway doorway =
          new DeskDoorway(where, Optional.of(certificate), names(certificate), overTls(key));
      if (doorway.isForOthers() && doorway.nameForOthers().isEmpty()) {
        throw new BadSettings(
            "KAZASHI_DESK_KEYSTORE: the certificate names no host that others could ask for. Have"
                + " one issued with the name of this machine as subjectAltName.");
      }
      return doorway;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new BadSettings(
          "KAZASHI_DESK_KEYSTORE: "
              + key.file()
              + " cannot be used: "
              + unusable.getMessage()
              + ".");
    }
  }

  private static HttpServerOptions overTls(KeyFile key) throws IOException {
    return new HttpServerOptions()
        .setSsl(true)
        .setKeyCertOptions(
            new PfxOptions()
                .setValue(Buffer.buffer(Files.readAllBytes(key.file())))
                .setPassword(key.password()))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setIdleTimeout(IDLE_SECONDS);
  }

  /**
   * The names and IPv4 addresses in its subjectAltName, which is where browsers look (RFC 9525).
   * One name is one host: a wildcard names none.
   */
  private static Set<String> names(X509Certificate certificate) throws CertificateParsingException {
    Collection<List<?>> written = certificate.getSubjectAlternativeNames();
    Set<String> names = new TreeSet<>();
    if (written == null) {
      return names;
    }
    for (List<?> one : written) {
      String name = String.valueOf(one.get(1)).toLowerCase(Locale.ROOT);
      boolean isHost =
          switch ((Integer) one.get(0)) {
            case DNS_NAME -> !name.contains("*");
            case ADDRESS -> !name.contains(":");
            default -> false;
          };
      if (isHost) {
        names.add(name);
      }
    }
    return names;
  }

  HttpServerOptions options() {
    return options;
  }

  /** What browsers are shown; empty where they are served in plain. */
  Optional<X509Certificate> certificate() {
    return certificate;
  }

  /** What a browser may call it. */
  Set<String> hosts() {
    Set<String> hosts = new TreeSet<>(Premises.LOOPBACK);
    hosts.addAll(names);
    return hosts;
  }

  /** What staff type. */
  String address(int port) {
    return (certificate.isPresent() ? "https://" : "http://") + host() + ":" + port + "/";
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
