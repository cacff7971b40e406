package jp.kazashi.simulator.card;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The simulator's own PIN-less profile. It is <b>not</b> the one of the real card (特定機関認証), whose
 * commands are not public: it has a class byte of its own, which every real card refuses.
 *
 * <ol>
 *   <li>{@code 90 84 00 16 20}: 32 random bytes;
 *   <li>{@code 90 2E 00 16 Lc}, X.509 certificate in DER, extended length: issued by the
 *       institution authority to a terminal (OU=READER);
 *   <li>{@code 90 82 00 16 Lc}, signature by that terminal's key over {@link #PURPOSE} and the
 *       random bytes: opens the authentication key for one signature.
 * </ol>
 */
final class PinlessProfile {

  static final int CLASS = 0x90;

  private static final byte[] PURPOSE =
      "Kazashi simulator PIN-less profile 1".getBytes(StandardCharsets.US_ASCII);
  private static final int CHALLENGE = 32;
  private static final int TERMINAL_AUTHORITY = 0x16;

  /**
   * A whole attribute of an RFC 2253 name: a comma inside a value is written behind a backslash.
   */
  private static final Pattern TERMINAL = Pattern.compile("(?:^|(?<!\\\\)[,+])OU=READER(?:[,+]|$)");

  private final PublicKey authority;
  private final FileSelection files;
  private byte @Nullable [] challenge;
  private @Nullable PublicKey terminal;
  private boolean proved;

  PinlessProfile(PublicKey authority, FileSelection files) {
    this.authority = authority;
    this.files = files;
  }

  ResponseApdu answer(CommandApdu command) {
    if (command.p1() != 0x00 || command.p2() != TERMINAL_AUTHORITY) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    return switch (command.ins()) {
      case 0x84 -> giveChallenge();
      case 0x2E -> takeCertificate(command.data());
      case 0x82 -> takeProof(command.data());
      default -> ResponseApdu.of(StatusWord.UNKNOWN_INSTRUCTION);
    };
  }

  /** True once for each proof. */
  boolean spend() {
    boolean open = proved;
    proved = false;
    return open;
  }

  private ResponseApdu giveChallenge() {
    byte[] fresh = files.randomBytes(CHALLENGE);
    challenge = fresh;
    return ResponseApdu.done(fresh);
  }

  private ResponseApdu takeCertificate(byte[] der) {
    terminal = terminalOf(der).orElse(null);
    return ResponseApdu.of(terminal == null ? StatusWord.WRONG_DATA : StatusWord.DONE);
  }

  /** The card has no clock: whether the certificate is still valid is not its affair. */
  private Optional<PublicKey> terminalOf(byte[] der) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      certificate.verify(authority);
      return isTerminal(certificate) ? Optional.of(certificate.getPublicKey()) : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static boolean isTerminal(X509Certificate certificate) {
    return TERMINAL.matcher(certificate.getSubjectX500Principal().getName()).find();
  }

  /** A challenge is good for one attempt. */
  private ResponseApdu takeProof(byte[] signature) {
    byte[] asked = challenge;
    PublicKey key = terminal;
    challenge = null;
    if (asked == null || key == null) {
      return ResponseApdu.of(StatusWord.CONDITIONS_NOT_SATISFIED);
    }
    proved = verifies(key, asked, signature);
    return ResponseApdu.of(proved ? StatusWord.DONE : StatusWord.SECURITY_STATUS_NOT_SATISFIED);
  }

  private static boolean verifies(PublicKey key, byte[] asked, byte[] signature) {
    try {
      Signature verifier =
          Signature.getInstance(
              key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(PURPOSE);
      verifier.update(asked);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
