package jp.kazashi.reader.link;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.Executor;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of this test, a gateway it vouches for, and a terminal's key store. */
public final class TestTransport {

  public static final String PASSWORD = "pass";

  private final KeyPair authorityKeys = keys();
  private final X500Name authorityName = new X500Name("CN=Test transport");
  private final X509Certificate authority = certificate(authorityName, authorityKeys, true);

  public SSLContext server() throws GeneralSecurityException, IOException {
    KeyPair keys = keys();
    X509Certificate certificate = certificate(new X500Name("CN=gateway"), keys, false);
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(store(keys, certificate), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust().getTrustManagers(), null);
    return context;
  }

  /** What answers like a gateway, over mutual TLS and on a free port; it has begun. */
  public HttpsServer gateway(Executor threads, HttpHandler handler)
      throws GeneralSecurityException, IOException {
    HttpsServer gateway =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.setHttpsConfigurator(
        new HttpsConfigurator(server()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    gateway.setExecutor(threads);
    gateway.createContext("/", handler);
    gateway.start();
    return gateway;
  }

  /** A key store such as the launcher makes for a reader. */
  public Path terminal(Path folder) throws GeneralSecurityException, IOException {
    KeyPair keys = keys();
    X500Name name = new X500Name("CN=kiosk-1,OU=READER,O=1312345670");
    Path file = folder.resolve("reader.p12");
    try (var out = Files.newOutputStream(file)) {
      store(keys, certificate(name, keys, false)).store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  /** A key store for a server that others ask for by that name. */
  public Path server(Path folder, String name) throws GeneralSecurityException, IOException {
    KeyPair keys = keys();
    X509Certificate certificate =
        certificate(
            new X500Name("CN=" + name),
            keys,
            false,
            new GeneralName(GeneralName.dNSName, name),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    Path file = folder.resolve("desk.p12");
    try (var out = Files.newOutputStream(file)) {
      store(keys, certificate).store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  /** Trusts this authority and shows no certificate, as a browser does. */
  public SSLContext browser() throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust().getTrustManagers(), null);
    return context;
  }

  private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    return trust;
  }

  public Path authorities(Path folder) throws GeneralSecurityException, IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(authority.getEncoded());
    return Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }

  private static KeyStore store(KeyPair keys, X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own", keys.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
    return store;
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** TLS goes by the real clock, so these live as long as any real clock will show. */
  private X509Certificate certificate(X500Name name, KeyPair keys, boolean isAuthority) {
    return certificate(
        name, keys, isAuthority, new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
  }

  private X509Certificate certificate(
      X500Name name, KeyPair keys, boolean isAuthority, GeneralName... hosts) {
    try {
      JcaX509v3CertificateBuilder draft =
          new JcaX509v3CertificateBuilder(
              authorityName,
              BigInteger.valueOf(isAuthority ? 1 : 2),
              Date.from(Instant.EPOCH),
              Date.from(Instant.parse("2100-01-01T00:00:00Z")),
              name,
              keys.getPublic());
      draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      if (!isAuthority) {
        draft.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(hosts));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              draft.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .build(authorityKeys.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
