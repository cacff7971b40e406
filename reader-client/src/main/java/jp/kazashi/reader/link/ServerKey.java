package jp.kazashi.reader.link;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.X509KeyManager;

/** The key of a server of this terminal, and the certificate it shows. */
public record ServerKey(X509KeyManager keys, X509Certificate certificate) {

  private static final int DNS_NAME = 2;
  private static final int ADDRESS = 7;

  /**
   * The names and IPv4 addresses in its subjectAltName, which is where browsers look (RFC 9525).
   * One name is one host: a wildcard names none.
   */
  public Set<String> hosts() throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    Set<String> hosts = new TreeSet<>();
    if (names != null) {
      for (List<?> name : names) {
        String text = String.valueOf(name.get(1)).toLowerCase(Locale.ROOT);
        boolean kept =
            switch ((Integer) name.get(0)) {
              case DNS_NAME -> !text.contains("*");
              case ADDRESS -> !text.contains(":");
              default -> false;
            };
        if (kept) {
          hosts.add(text);
        }
      }
    }
    return hosts;
  }

  /** Keys are not printed. */
  @Override
  public String toString() {
    return "ServerKey[" + certificate.getSubjectX500Principal().getName() + "]";
  }
}
