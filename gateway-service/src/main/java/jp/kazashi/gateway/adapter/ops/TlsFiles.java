package jp.kazashi.gateway.adapter.ops;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files TLS lives by, read as one: all of them are sound, or none is taken. */
public final class TlsFiles {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private final Path certificate;
  private final Path key;
  private final Path authorities;
  private final Optional<Path> revocations;

  public TlsFiles(Path certificate, Path key, Path authorities, Optional<Path> revocations) {
    this.certificate = certificate;
    this.key = key;
    this.authorities = authorities;
    this.revocations = revocations;
  }

  /**
   * What stood in the files.
   *
   * @param listener changes when what the server itself needs does: all but the revocations
   * @param digest changes when any of them does
   * @param serverEnds when our own certificate ends
   */
  record Contents(String listener, String digest, PeerTrust trust, Instant serverEnds) {}

  Contents read(Instant realNow) throws BrokenTlsFile {
    String ownChain = text(certificate);
    String ownKey = text(key);
    String clients = text(authorities);
    String lists = revocations.isPresent() ? text(revocations.get()) : "";
    Instant ends = checkedOwn(ownChain, ownKey, realNow);
    PeerTrust trust = PeerTrust.of(certificates(clients, authorities), lists(lists));
    if (trust.listsEnd().filter(realNow::isAfter).isPresent()) {
      throw new BrokenTlsFile("a revocation list ended at " + trust.listsEnd().orElseThrow());
    }
    String listener = digest(List.of(ownChain, ownKey, clients));
    return new Contents(listener, digest(List.of(listener, lists)), trust, ends);
  }

  private Instant checkedOwn(String chain, String keyText, Instant realNow) throws BrokenTlsFile {
    List<X509Certificate> own = certificates(chain, certificate);
    if (own.isEmpty()) {
      throw new BrokenTlsFile(certificate.getFileName() + " holds no certificate");
    }
    X509Certificate leaf = own.getFirst();
    Instant ends = leaf.getNotAfter().toInstant();
    if (realNow.isBefore(leaf.getNotBefore().toInstant()) || realNow.isAfter(ends)) {
      throw new BrokenTlsFile(certificate.getFileName() + " holds a certificate out of its time");
    }
    if (!belongTogether(leaf, privateKey(keyText, leaf.getPublicKey().getAlgorithm()))) {
      throw new BrokenTlsFile(key.getFileName() + " is not the key of the certificate");
    }
    return ends;
  }

  private static boolean belongTogether(X509Certificate leaf, PrivateKey ours) {
    String algorithm =
        switch (ours.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> ours.getAlgorithm();
        };
    byte[] said = "kazashi".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(ours);
      signature.update(said);
      byte[] signed = signature.sign();
      signature.initVerify(leaf.getPublicKey());
      signature.update(said);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private PrivateKey privateKey(String text, String algorithm) throws BrokenTlsFile {
    try {
      byte[] der =
          blocks(text, "PRIVATE KEY").stream()
              .findFirst()
              .orElseThrow(
                  () -> new BrokenTlsFile(key.getFileName() + " holds no PKCS#8 private key"));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new BrokenTlsFile(key.getFileName() + " holds no key of the certificate's kind");
    }
  }

  private static List<X509Certificate> certificates(String text, Path file) throws BrokenTlsFile {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] der : blocks(text, "CERTIFICATE")) {
        found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw new BrokenTlsFile(file.getFileName() + " holds what is no certificate");
    }
  }

  private List<X509CRL> lists(String text) throws BrokenTlsFile {
    List<X509CRL> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] der : blocks(text, "X509 CRL")) {
        found.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(der)));
      }
    } catch (GeneralSecurityException e) {
      throw new BrokenTlsFile("the file of revocations holds what is no list");
    }
    if (revocations.isPresent() && found.isEmpty()) {
      throw new BrokenTlsFile(revocations.get().getFileName() + " holds no revocation list");
    }
    return found;
  }

  private static List<byte[]> blocks(String text, String label) throws BrokenTlsFile {
    List<byte[]> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals(label)) {
        try {
          found.add(Base64.getMimeDecoder().decode(block.group(2)));
        } catch (IllegalArgumentException e) {
          throw new BrokenTlsFile("a block of " + label + " is not base64");
        }
      }
    }
    return found;
  }

  private static String text(Path file) throws BrokenTlsFile {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new BrokenTlsFile(file.getFileName() + " cannot be read");
    }
  }

  private static String digest(List<String> texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        digest.update(text.getBytes(StandardCharsets.ISO_8859_1));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
