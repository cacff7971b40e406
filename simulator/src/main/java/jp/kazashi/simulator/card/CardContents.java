package jp.kazashi.simulator.card;

import java.security.PrivateKey;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What is written into a card when it is made.
 *
 * @param name how the deck calls the card
 * @param authenticationKey RSA, for 利用者証明用電子証明書
 * @param authenticationCertificate DER
 * @param caCertificate DER, of the issuer as the card claims it
 * @param pin four digits
 * @param atr what the card answers to a reset
 */
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, never compared
public record CardContents(
    String name,
    PrivateKey authenticationKey,
    byte[] authenticationCertificate,
    byte[] caCertificate,
    String pin,
    byte[] atr) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");
  private static final Pattern PIN = Pattern.compile("[0-9]{4}");

  /** Type B in form, but of no real product: application data and protocol bytes are made up. */
  private static final String SYNTHETIC_ATR = "3B88800100000000338181003A";

  public CardContents {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("A card is named by small letters, digits and -.");
    }
    if (!authenticationKey.getAlgorithm().equals("RSA")) {
      throw new IllegalArgumentException("This generation of cards holds RSA keys.");
    }
    if (!PIN.matcher(pin).matches()) {
      throw new IllegalArgumentException("The authentication PIN is four digits.");
    }
    if (atr.length < 2) {
      throw new IllegalArgumentException("An ATR has at least two bytes.");
    }
    authenticationCertificate = authenticationCertificate.clone();
    caCertificate = caCertificate.clone();
    atr = atr.clone();
  }

  public static byte[] syntheticAtr() {
    return HexFormat.of().parseHex(SYNTHETIC_ATR);
  }

  @Override
  public byte[] authenticationCertificate() {
    return authenticationCertificate.clone();
  }

  @Override
  public byte[] caCertificate() {
    return caCertificate.clone();
  }

  @Override
  public byte[] atr() {
    return atr.clone();
  }

  @Override
  public String toString() {
    return "card " + name;
  }
}
