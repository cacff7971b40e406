package jp.kazashi.simulator.card;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Cards of nobody, for tests: one key pair, and a certificate it signed itself. */
public final class TestCards {

  public static final String PIN = "1234";
  public static final KeyPair KEYS = keys();
  public static final KeyPair SIGNING = keys();
  public static final KeyPair PRESENCE = keys();
  public static final KeyPair ISSUER = keys();
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

  public static final String PASSWORD = "ABC123";
  public static final CardFace FACE =
      new CardFace(
          "見本\u3000花子",
          "東京都架空区見本町一丁目２番３号",
          LocalDate.parse("1978-04-12"),
          CardFace.Sex.FEMALE,
          LocalDate.parse("2036-04-12"),
          "13999",
          "400000000000017",
          "9753",
          CardFace.nobodysNumber("12345678901"),
          "5678",
          Portraits.numbered(1));

  /** With everything a card can carry; its terminals are certified by {@link #KEYS}. */
  public static CardContents everything(String name) {
    return everything(name, CardForm.MY_NUMBER_CARD);
  }

  static CardContents everything(String name, CardForm form) {
    Optional<CardContents.Printing> printing =
        form.isPhone()
            ? Optional.empty()
            : Optional.of(
                new CardContents.Printing(
                    FACE, PRESENCE, new RecordIssuer(ISSUER, KEYS, "9013999")));
    return new CardContents(
        name,
        form,
        new JpkiCredential(KEYS.getPrivate(), CERTIFICATE, CA_CERTIFICATE, PIN),
        Optional.of(
            new JpkiCredential(SIGNING.getPrivate(), CERTIFICATE, CA_CERTIFICATE, PASSWORD)),
        printing,
        Optional.of(KEYS.getPublic()),
        CardContents.syntheticAtr());
  }

  /** A terminal's certificate, issued by {@link #KEYS}. */
  static byte[] terminalCertificate(KeyPair terminal, String role) {
    return certificate("CN=kiosk-1, OU=" + role + ", O=1312345670", terminal.getPublic());
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
    return certificate(name, KEYS.getPublic());
  }

  private static byte[] certificate(String name, PublicKey holder) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name(name),
              BigInteger.valueOf(42),
              Date.from(Instant.parse("2026-01-01T00:00:00Z")),
              Date.from(Instant.parse("2031-01-01T14:59:59Z")),
              new X500Name(name),
              holder);
      return builder
          .build(new JcaContentSignerBuilder("SHA256withRSA").build(KEYS.getPrivate()))
          .getEncoded();
    } catch (IOException | OperatorException e) {
      throw new IllegalStateException(e);
    }
  }
}
