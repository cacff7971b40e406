package jp.kazashi.reader.world;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Set;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;
import jp.kazashi.reader.myna.PinlessAuthorizer;

/**
 * The simulator's own profile, and <b>not</b> that of real cards (特定機関認証): the card gives a
 * challenge, is shown the terminal's certificate, and checks the terminal's signature over the
 * challenge. A real card refuses the first command.
 */
public final class SimulatorPinlessProfile implements PinlessAuthorizer {

  private static final byte[] PURPOSE =
      "Kazashi simulator PIN-less profile 1".getBytes(StandardCharsets.US_ASCII);
  private static final int CLASS = 0x90;
  private static final int CHALLENGE = 32;

  private final PrivateKey key;
  private final byte[] certificate;

  /**
   * With the terminal's own identity.
   *
   * @param certificate DER, issued to a terminal by the simulated institution authority
   */
  public SimulatorPinlessProfile(PrivateKey key, byte[] certificate) {
    this.key = key;
    this.certificate = certificate.clone();
  }

  @Override
  public Authorization authorize(CardSession session) {
    return switch (session.transmit(showCertificate())) {
      case StepResult.Accepted _ -> proveTo(session);
      case StepResult.Unexpected _ -> new Authorization.NotAvailable();
      case StepResult.CardGone _ -> new Authorization.CardGone();
      case StepResult.Trouble(String what) -> new Authorization.Trouble(what);
    };
  }

  private Authorization proveTo(CardSession session) {
    return session
        .transmit(askChallenge())
        .then(
            challenge ->
                challenge.data().length == CHALLENGE
                    ? answer(session, challenge.data())
                    : new Authorization.Trouble("The card sent a challenge of a wrong length."),
            Authorization.CardGone::new,
            Authorization.Trouble::new);
  }

  private Authorization answer(CardSession session, byte[] challenge) {
    return session
        .transmit(proof(challenge))
        .then(
            _ -> new Authorization.Authorized(),
            Authorization.CardGone::new,
            Authorization.Trouble::new);
  }

  private static CardStep askChallenge() {
    return new CardStep(
        "ask terminal challenge",
        new byte[] {(byte) CLASS, (byte) 0x84, 0x00, 0x16, CHALLENGE},
        Set.of(0x9000));
  }

  private CardStep showCertificate() {
    return extended("show terminal certificate", 0x2E, certificate);
  }

  private CardStep proof(byte[] challenge) {
    try {
      Signature signer =
          Signature.getInstance(
              key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
      signer.initSign(key);
      signer.update(PURPOSE);
      signer.update(challenge);
      return extended("prove terminal", 0x82, signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This terminal's key cannot sign.", e);
    }
  }

  /** Certificates are longer than a short command. */
  private static CardStep extended(String name, int instruction, byte[] data) {
    byte[] command = new byte[7 + data.length];
    command[0] = (byte) CLASS;
    command[1] = (byte) instruction;
    command[3] = 0x16;
    command[5] = (byte) (data.length >> 8);
    command[6] = (byte) data.length;
    System.arraycopy(data, 0, command, 7, data.length);
    return new CardStep(name, command, Set.of(0x9000));
  }
}
