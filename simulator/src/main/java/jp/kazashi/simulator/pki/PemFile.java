package jp.kazashi.simulator.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys and certificates as files for the owner's eyes. */
public final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]*)-----END \\1-----");

  private PemFile() {}

  public static void write(Path file, PrivateKey key) throws IOException {
    PrivateFile.write(file, block("PRIVATE KEY", key.getEncoded()));
  }

  public static void write(Path file, PublicKey key) throws IOException {
    PrivateFile.write(file, block("PUBLIC KEY", key.getEncoded()));
  }

  public static void write(Path file, X509Certificate certificate) throws IOException {
    PrivateFile.write(file, text(certificate));
  }

  static void writeRevocations(Path file, byte[] der) throws IOException {
    PrivateFile.write(file, block("X509 CRL", der));
  }

  static String text(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException("A certificate that was read can be written", e);
    }
  }

  static PrivateKey key(Path file, String algorithm) throws IOException, GeneralSecurityException {
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(content(file, "PRIVATE KEY")));
  }

  static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
    return certificate(content(file, "CERTIFICATE"));
  }

  static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    Certificate certificate =
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    return (X509Certificate) certificate;
  }

  /** Of what we signed ourselves. */
  static X509Certificate justSigned(byte[] der) {
    try {
      return certificate(der);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate just signed can be read", e);
    }
  }

  private static byte[] content(Path file, String label) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(file, US_ASCII));
    if (!block.find() || !block.group(1).equals(label)) {
      throw new IOException(file + " holds no " + label);
    }
    return Base64.getMimeDecoder().decode(block.group(2));
  }

  private static String block(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
