package jp.kazashi.simulator.card;

import java.security.PrivateKey;
import java.util.Optional;

/**
 * A key with its certificate, and the secret that opens it.
 *
 * @param certificate DER
 * @param caCertificate DER, of the issuer as the card claims it
 * @param secret four digits, or for a signature 6 to 16 capitals and digits; a card for
 *     confirmation by face alone (顔認証マイナンバーカード) has none
 */
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, never compared
public record JpkiCredential(
    PrivateKey key, byte[] certificate, byte[] caCertificate, Optional<String> secret) {

  public JpkiCredential {
    if (!key.getAlgorithm().equals("RSA")) {
      throw new IllegalArgumentException("This generation of cards holds RSA keys.");
    }
    certificate = certificate.clone();
    caCertificate = caCertificate.clone();
  }

  public JpkiCredential(PrivateKey key, byte[] certificate, byte[] caCertificate, String secret) {
    this(key, certificate, caCertificate, Optional.of(secret));
  }

  @Override
  public byte[] certificate() {
    return certificate.clone();
  }

  @Override
  public byte[] caCertificate() {
    return caCertificate.clone();
  }

  @Override
  public String toString() {
    return "JpkiCredential[…]";
  }
}
