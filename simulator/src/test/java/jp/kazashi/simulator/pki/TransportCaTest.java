package jp.kazashi.simulator.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TransportCaTest {
  // TLS lives in real time, and so does this test.
  private final Instant realNow = Instant.now();
  private final SecureRandom random = new SecureRandom();
  private @TempDir Path folder;
  private TransportCa ca;

  @BeforeEach
  void open() throws Exception {
    ca = TransportCa.open(folder, realNow, random);
  }

  @Test
  void aClientSaysWhoItIsAndInWhichRole() throws Exception {
    TransportCa.KeyFiles files = ca.client("reader", "kiosk-1", "READER", "1312345670", realNow);
    X509Certificate certificate = PemFile.certificate(files.certificate());
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=kiosk-1,OU=READER,O=1312345670");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    certificate.verify(PemFile.certificate(ca.trust().certificate()).getPublicKey());
  }

  @Test
  void theAuthorityAndWhatItIsTrustedByOutliveARestart() throws Exception {
    TransportCa.TrustFiles before = ca.trust();
    byte[] certificate = Files.readAllBytes(before.certificate());
    TransportCa again = TransportCa.open(folder, realNow.plusSeconds(1), random);
    assertThat(again.trust()).isEqualTo(before);
    assertThat(Files.readAllBytes(again.trust().certificate())).isEqualTo(certificate);
  }

  @Test
  void aKeyStoreIsKeptUntilItNearsItsEndOrIsAnothers() throws Exception {
    TransportCa.KeyFiles made = ca.client("reader", "kiosk-1", "READER", "1312345670", realNow);
    byte[] certificate = Files.readAllBytes(made.certificate());
    assertThat(ca.client("reader", "kiosk-1", "READER", "1312345670", realNow)).isEqualTo(made);
    assertThat(Files.readAllBytes(made.certificate())).isEqualTo(certificate);
    assertThat(ca.client("reader", "kiosk-2", "READER", "1312345670", realNow)).isNotEqualTo(made);
    Instant tenYearsOn = realNow.plus(Duration.ofDays(3640));
    TransportCa.KeyFiles old = ca.server("gateway", realNow);
    assertThat(ca.server("gateway", tenYearsOn)).isNotEqualTo(old);
  }

  @Test
  void everyFileIsForTheOwnerOnly() throws Exception {
    ca.server("gateway", realNow);
    ca.client("reader", "kiosk-1", "READER", "1312345670", realNow);
    ca.trust();
    try (var files = Files.list(folder)) {
      assertThat(files.toList())
          .hasSize(12)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
  void aClientAndTheServerBelieveEachOtherUnderEveryNameOfThisMachine(String name)
      throws Exception {
    SSLContext server = context(ca.server("gateway", realNow));
    SSLContext client = context(ca.client("reader", "kiosk-1", "READER", "1312345670", realNow));
    try (SSLServerSocket listening =
        (SSLServerSocket)
            server
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listening.setNeedClientAuth(true);
      CompletableFuture<String> seen =
          CompletableFuture.supplyAsync(() -> principalOfTheNextCaller(listening));
      try (SSLSocket socket =
          (SSLSocket)
              client
                  .getSocketFactory()
                  .createSocket(
                      new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort()),
                      name,
                      listening.getLocalPort(),
                      true)) {
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(seen.get()).isEqualTo("CN=kiosk-1,OU=READER,O=1312345670");
      }
    }
  }

  @Test
  void theKeyIsReadableAsPemToo() throws Exception {
    TransportCa.KeyFiles files = ca.server("gateway", realNow);
    assertThat(PemFile.key(files.key(), "EC").getFormat()).isEqualTo("PKCS#8");
    assertThat(List.of(files.password(), ca.trust().password()))
        .doesNotHaveDuplicates()
        .allSatisfy(password -> assertThat(password).hasSize(24));
  }

  @Test
  void whatWasTakenBackStandsInASignedListThatOutlivesARestart() throws Exception {
    TransportCa.KeyFiles taken = ca.client("reader", "kiosk-1", "READER", "1312345670", realNow);
    TransportCa.KeyFiles other = ca.client("viewer", "desk-1", "VIEWER", "1312345670", realNow);
    assertThat(list(ca).getRevokedCertificates()).isNull();

    ca.revoke(taken, realNow);
    ca.revoke(taken, realNow);

    X509CRL list = list(TransportCa.open(folder, realNow, random));
    list.verify(PemFile.certificate(ca.trust().certificate()).getPublicKey());
    assertThat(list.isRevoked(PemFile.certificate(taken.certificate()))).isTrue();
    assertThat(list.isRevoked(PemFile.certificate(other.certificate()))).isFalse();
    assertThat(list.getRevokedCertificates()).hasSize(1);
    X509CRL nearItsEnd = list(ca, realNow.plus(Duration.ofDays(350)));
    assertThat(nearItsEnd.getNextUpdate()).isAfter(list.getNextUpdate());
    assertThat(nearItsEnd.isRevoked(PemFile.certificate(taken.certificate()))).isTrue();
  }

  private X509CRL list(TransportCa authority) throws Exception {
    return list(authority, realNow);
  }

  private static X509CRL list(TransportCa authority, Instant at) throws Exception {
    try (InputStream in = Files.newInputStream(authority.revocations(at))) {
      return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
    }
  }

  private static String principalOfTheNextCaller(SSLServerSocket listening) {
    try (SSLSocket caller = (SSLSocket) listening.accept()) {
      caller.startHandshake();
      return ((X509Certificate) caller.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SSLContext context(TransportCa.KeyFiles keys) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(load(keys.pkcs12(), keys.password()), keys.password().toCharArray());
    TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
    others.init(load(ca.trust().pkcs12(), ca.trust().password()));
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(own.getKeyManagers(), others.getTrustManagers(), random);
    return context;
  }

  private static KeyStore load(Path file, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    return store;
  }
}
