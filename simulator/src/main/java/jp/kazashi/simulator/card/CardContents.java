package jp.kazashi.simulator.card;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is written into a card when it is made.
 *
 * @param name how the deck calls the card
 * @param authentication 利用者証明用: RSA key, certificate and four digits
 * @param signature 署名用, where the card carries one
 * @param printing what is on the face of the card and signed by its issuer; a phone has none
 * @param terminalAuthority the institution authority whose terminals this card signs for without
 *     PIN, in the simulator's own profile and nowhere else
 * @param atr what the card answers to a reset
 */
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, never compared
public record CardContents(
    String name,
    CardForm form,
    JpkiCredential authentication,
    Optional<JpkiCredential> signature,
    Optional<Printing> printing,
    Optional<PublicKey> terminalAuthority,
    byte[] atr) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

  /** Type B in form, but of no real product: application data and protocol bytes are made up. */
  private static final String SYNTHETIC_ATR = "3B88800100000000338181003A";

  /**
   * The face of a card in its chip.
   *
   * @param presence the card's own key pair, with which it shows that it is there
   * @param issuer who signs what is printed
   */
  public record Printing(CardFace face, KeyPair presence, RecordIssuer issuer) {
    @Override
    public String toString() {
      return "Printing[…]";
    }
  }

  public CardContents {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("A card is named by small letters, digits and -.");
    }
    if (!authentication
        .secret()
        .map(pin -> PinDigits.FOUR_DIGITS.matcher(pin).matches())
        .orElse(true)) {
      throw new IllegalArgumentException("The authentication PIN is four digits.");
    }
    if (signature
        .map(credential -> !PinDigits.PASSWORD.matcher(credential.secret().orElse("")).matches())
        .orElse(false)) {
      throw new IllegalArgumentException(
          "The signature password is 6 to 16 capitals and digits, at least one of each.");
    }
    if (printing.isPresent() && form.isPhone()) {
      throw new IllegalArgumentException("A phone has no face of a card.");
    }
    if (atr.length < 2) {
      throw new IllegalArgumentException("An ATR has at least two bytes.");
    }
    atr = atr.clone();
  }

  /** A card with its authentication certificate and nothing else. */
  public CardContents(
      String name,
      PrivateKey authenticationKey,
      byte[] authenticationCertificate,
      byte[] caCertificate,
      String pin,
      byte[] atr) {
    this(
        name,
        CardForm.MY_NUMBER_CARD,
        new JpkiCredential(authenticationKey, authenticationCertificate, caCertificate, pin),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        atr);
  }

  CardContents carrying(byte[] portrait) {
    return new CardContents(
        name,
        form,
        authentication,
        signature,
        printing.map(printed ->
            new Printing(printed.face().carrying(portrait), printed.presence(), printed.issuer())),
        terminalAuthority,
        atr);
  }

  public static byte[] syntheticAtr() {
    return HexFormat.of().parseHex(SYNTHETIC_ATR);
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
