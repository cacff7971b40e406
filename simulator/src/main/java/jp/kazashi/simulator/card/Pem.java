package jp.kazashi.simulator.card;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the PEM files a card file names: one key (PKCS #8) or one certificate each. Cards know
 * nothing of the JPKI, whose own PEM files are not read here.
 */
public final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private Pem() {}

  static PrivateKey key(Path file) throws IOException {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(block(file, "PRIVATE KEY")));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no RSA key.", e);
    }
  }

  public static KeyPair keyPair(Path file) throws IOException {
    if (!(key(file) instanceof RSAPrivateCrtKey key)) {
      throw new IOException(file + " holds a key without its public half.");
    }
    try {
      return new KeyPair(
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())),
          key);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no RSA key.", e);
    }
  }

  public static byte[] der(Path file) throws IOException {
    return block(file, "CERTIFICATE");
  }

  static X509Certificate certificate(Path file) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der(file)));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no certificate.", e);
    }
  }

  private static byte[] block(Path file, String kind) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(file));
    if (!block.find() || !block.group(1).equals(kind)) {
      throw new IOException(file + " holds no " + kind + ".");
    }
    return Base64.getMimeDecoder().decode(block.group(2));
  }
}
