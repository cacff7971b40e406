package jp.kazashi.simulator.card;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Cards of nobody, for tests: one key pair, and a certificate it signed itself. */
public final class TestCards {

  public static final String PIN = "1234";
  public static final KeyPair KEYS = keys();
  public static final byte[] CERTIFICATE = certificate("CN=Test holder");
  public static final byte[] CA_CERTIFICATE = certificate("CN=Test issuer");

  private TestCards() {}

  public static CardContents contents(String name) {
    return new CardContents(
        name, KEYS.getPrivate(), CERTIFICATE, CA_CERTIFICATE, PIN, CardContents.syntheticAtr());
  }

  public static VirtualCard card(String name, PinCounters counters) {
    return new VirtualCard(contents(name), counters);
  }

  public static VirtualCard card(String name) {
    return card(name, PinCounters.inMemory());
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] certificate(String name) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name(name),
              BigInteger.valueOf(42),
              Date.from(Instant.parse("2026-01-01T00:00:00Z")),
              Date.from(Instant.parse("2031-01-01T14:59:59Z")),
              new X500Name(name),
              KEYS.getPublic());
      return builder
          .build(new JcaContentSignerBuilder("SHA256withRSA").build(KEYS.getPrivate()))
          .getEncoded();
    } catch (IOException | OperatorException e) {
      throw new IllegalStateException(e);
    }
  }
}
