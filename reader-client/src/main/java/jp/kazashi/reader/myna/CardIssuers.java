package jp.kazashi.reader.myna;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who certifies the issuers of what is on cards' faces. Nobody is known unless the operator names
 * them: the keys of the real ones are not public, and a card's own word for its issuer is none.
 */
public final class CardIssuers {

  private static final int LARGEST_FILE = 64 * 1024;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  private final List<PublicKey> authorities;

  CardIssuers(List<PublicKey> authorities) {
    this.authorities = List.copyOf(authorities);
  }

  public static CardIssuers none() {
    return new CardIssuers(List.of());
  }

  /** Public keys in PEM (RFC 7468 §13), one or more. */
  public static CardIssuers read(Path pem) throws IOException {
    if (Files.size(pem) > LARGEST_FILE) {
      throw new IOException("is too large for a few keys");
    }
    Matcher found = KEY.matcher(Files.readString(pem, StandardCharsets.US_ASCII));
    List<PublicKey> keys = new ArrayList<>();
    while (found.find()) {
      keys.add(key(found.group(1)));
    }
    if (keys.isEmpty()) {
      throw new IOException("holds no PUBLIC KEY");
    }
    return new CardIssuers(keys);
  }

  private static PublicKey key(String base64) throws IOException {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
      if (((RSAPublicKey) key).getModulus().bitLength() < 2_048) {
        throw new IOException("holds a key that is too short");
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException damaged) {
      throw new IOException("holds a key that is no RSA key", damaged);
    }
  }

  public boolean areKnown() {
    return !authorities.isEmpty();
  }

  List<PublicKey> authorities() {
    return authorities;
  }
}
