package jp.kazashi.reader.myna;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import jp.kazashi.simulator.card.CardContents;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.VirtualCard;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Cards of nobody: one key pair, and a certificate it signed itself. The PIN is 1234. */
public final class TestCards {

  public static final KeyPair KEYS = keys();
  public static final byte[] CERTIFICATE = certificate();

  private TestCards() {}

  public static VirtualCard card(String name, PinCounters counters) {
    return new VirtualCard(
        new CardContents(
            name, KEYS.getPrivate(), CERTIFICATE, CERTIFICATE, "1234", CardContents.syntheticAtr()),
        counters);
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

  private static byte[] certificate() {
    X500Name name = new X500Name("CN=Test holder");
    try {
      return new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(42),
              Date.from(Instant.parse("2026-01-01T00:00:00Z")),
              Date.from(Instant.parse("2031-01-01T14:59:59Z")),
              name,
              KEYS.getPublic())
          .build(new JcaContentSignerBuilder("SHA256withRSA").build(KEYS.getPrivate()))
          .getEncoded();
    } catch (IOException | OperatorException e) {
      throw new IllegalStateException(e);
    }
  }
}
