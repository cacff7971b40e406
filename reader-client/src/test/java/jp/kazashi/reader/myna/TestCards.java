package jp.kazashi.reader.myna;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import jp.kazashi.reader.world.SimulatorPinlessProfile;
import jp.kazashi.simulator.card.CardContents;
import jp.kazashi.simulator.card.CardFace;
import jp.kazashi.simulator.card.CardForm;
import jp.kazashi.simulator.card.JpkiCredential;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.Portraits;
import jp.kazashi.simulator.card.RecordIssuer;
import jp.kazashi.simulator.card.VirtualCard;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Cards of nobody: one key pair, and a certificate it signed itself. The PIN is 1234. */
public final class TestCards {

  public static final KeyPair KEYS = keys();
  public static final KeyPair OTHER = keys();
  public static final byte[] CERTIFICATE = certificate("CN=Test holder", KEYS.getPublic());
  public static final byte[] OTHER_CERTIFICATE = certificate("CN=Test holder", OTHER.getPublic());

  private TestCards() {}

  public static VirtualCard card(String name, PinCounters counters) {
    return new VirtualCard(
        new CardContents(
            name, KEYS.getPrivate(), CERTIFICATE, CERTIFICATE, "1234", CardContents.syntheticAtr()),
        counters);
  }

  /** Somebody else's: another key, another certificate. */
  public static VirtualCard stranger(String name) {
    return new VirtualCard(
        new CardContents(
            name,
            OTHER.getPrivate(),
            OTHER_CERTIFICATE,
            CERTIFICATE,
            "1234",
            CardContents.syntheticAtr()),
        PinCounters.inMemory());
  }

  public static VirtualCard card(String name) {
    return card(name, PinCounters.inMemory());
  }

  public static final String PASSWORD = "ABC123";
  public static final String ATTRIBUTES_PIN = "5678";
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
          ATTRIBUTES_PIN,
          Portraits.numbered(1));

  /** With everything a card can carry. */
  public static VirtualCard everything(String name, PinCounters counters) {
    return everything(name, CardForm.MY_NUMBER_CARD, counters);
  }

  /** Whoever certified the issuer of {@link #everything}. */
  public static CardIssuers issuers() {
    return new CardIssuers(List.of(KEYS.getPublic()));
  }

  /** Of everything, but its face was not signed by the key that its issuer has a certificate of. */
  public static VirtualCard forged(String name) {
    KeyPair another = new KeyPair(OTHER.getPublic(), KEYS.getPrivate());
    return everything(
        name,
        CardForm.MY_NUMBER_CARD,
        PinCounters.inMemory(),
        new RecordIssuer(another, KEYS, "9013999"));
  }

  /** Terminals of {@link #KEYS} may sign without PIN, in the simulator's profile. */
  public static VirtualCard everything(String name, CardForm form, PinCounters counters) {
    return everything(name, form, counters, new RecordIssuer(OTHER, KEYS, "9013999"));
  }

  private static VirtualCard everything(
      String name, CardForm form, PinCounters counters, RecordIssuer issuer) {
    Optional<CardContents.Printing> printing =
        form == CardForm.ANDROID_PHONE || form == CardForm.IPHONE
            ? Optional.empty()
            : Optional.of(new CardContents.Printing(FACE, OTHER, issuer));
    return new VirtualCard(
        new CardContents(
            name,
            form,
            new JpkiCredential(KEYS.getPrivate(), CERTIFICATE, CERTIFICATE, "1234"),
            Optional.of(
                new JpkiCredential(OTHER.getPrivate(), OTHER_CERTIFICATE, CERTIFICATE, PASSWORD)),
            printing,
            Optional.of(KEYS.getPublic()),
            CardContents.syntheticAtr()),
        counters);
  }

  /** A terminal that {@link #everything} signs for, if its role is that of a reader. */
  public static PinlessAuthorizer terminal(String role) {
    return new SimulatorPinlessProfile(
        OTHER.getPrivate(), certificate("CN=kiosk-1, OU=" + role, OTHER.getPublic()));
  }

  /** A certificate issued by {@link #KEYS}. */
  public static byte[] certificate(String name, PublicKey holder) {
    try {
      return new JcaX509v3CertificateBuilder(
              new X500Name("CN=Test holder"),
              BigInteger.valueOf(holder.hashCode() & 0xFFFF_FFFFL),
              Date.from(Instant.parse("2026-01-01T00:00:00Z")),
              Date.from(Instant.parse("2031-01-01T14:59:59Z")),
              new X500Name(name),
              holder)
          .build(new JcaContentSignerBuilder("SHA256withRSA").build(KEYS.getPrivate()))
          .getEncoded();
    } catch (IOException | OperatorException e) {
      throw new IllegalStateException(e);
    }
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
}
