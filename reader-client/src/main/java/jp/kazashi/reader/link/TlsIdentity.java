package jp.kazashi.reader.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who this terminal is towards the gateway, and whom it takes for the gateway. Made from one key
 * store and one file of authorities, and from nothing else on the machine.
 */
public final class TlsIdentity {

  private final SSLContext context;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private TlsIdentity(SSLContext context, X509Certificate certificate, PrivateKey key) {
    this.context = context;
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * Reads both files.
   *
   * @param keyStore PKCS#12 with one key
   * @param authorities PEM certificates of those who vouch for the gateway
   */
  public static TlsIdentity read(Path keyStore, char[] password, Path authorities)
      throws IOException, GeneralSecurityException {
    KeyStore own = opened(keyStore, password);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, password);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted(authorities));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    String alias = ownKey(own);
    return new TlsIdentity(
        context,
        (X509Certificate) own.getCertificate(alias),
        (PrivateKey) own.getKey(alias, password));
  }

  /** The certificate of the one key in a PKCS#12 file, which that password opens. */
  public static X509Certificate certificate(Path keyStore, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore own = opened(keyStore, password);
    String alias = ownKey(own);
    if (own.getKey(alias, password) == null) {
      throw new GeneralSecurityException("There is no key in it");
    }
    return (X509Certificate) own.getCertificate(alias);
  }

  private static KeyStore opened(Path keyStore, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keyStore)) {
      own.load(file, password);
    }
    return own;
  }

  SSLContext context() {
    return context;
  }

  /** With it this terminal proves itself to a virtual card as well. */
  public PrivateKey key() {
    return key;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** CN: this terminal. */
  public String terminal() {
    return part("CN");
  }

  /** O: the ten digits of the institution. */
  public String institution() {
    return part("O");
  }

  private static KeyStore trusted(Path authorities) throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> read;
    try (InputStream file = Files.newInputStream(authorities)) {
      read = CertificateFactory.getInstance("X.509").generateCertificates(file);
    }
    if (read.isEmpty()) {
      throw new GeneralSecurityException("There is no certificate in it");
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int number = 0;
    for (Certificate authority : read) {
      trusted.setCertificateEntry("authority-" + number++, authority);
    }
    return trusted;
  }

  private static String ownKey(KeyStore own) throws GeneralSecurityException {
    for (String alias : Collections.list(own.aliases())) {
      if (own.isKeyEntry(alias) && own.getCertificate(alias) instanceof X509Certificate) {
        return alias;
      }
    }
    throw new GeneralSecurityException("There is no key in it");
  }

  private String part(String type) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
              .map(Rdn::getValue)
              .map(String::valueOf)
              .findFirst()
              .orElse("");
    } catch (InvalidNameException certificatesHaveNames) {
      throw new IllegalStateException(certificatesHaveNames);
    }
  }
}
