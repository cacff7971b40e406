package jp.kazashi.reader.myna;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.reader.card.CardKind;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;

/** A My Number card, or a phone that answers like one, for as long as its session lasts. */
public final class MynaCard {

  private static final int TOKEN_LABEL_LENGTH = 32;
  private static final int PIECE = 256;

  /** Cards carry certificates of about 1.7 kB; a card that claims more is lying. */
  private static final int LONGEST_CERTIFICATE = 8 * 1024;

  private final CardSession session;
  private final CardKind kind;

  private MynaCard(CardSession session, CardKind kind) {
    this.session = session;
    this.kind = kind;
  }

  /** Told by application and token label, never by the ATR, which readers make up as they like. */
  public static Recognition recognise(CardSession session) {
    return session.exclusively(
        () ->
            switch (session.transmit(JpkiApplet.select())) {
              case StepResult.Accepted accepted -> recogniseByLabel(session);
              case StepResult.Unexpected refused -> new Recognition.NotAMyNumberCard();
              case StepResult.CardGone gone -> new Recognition.CardGone();
              case StepResult.Trouble trouble -> new Recognition.Trouble(trouble.what());
            });
  }

  private static Recognition recogniseByLabel(CardSession session) {
    StepResult read =
        session.transmitAll(
            JpkiApplet.selectFile(JpkiApplet.TOKEN_INFORMATION),
            JpkiApplet.read(0, TOKEN_LABEL_LENGTH));
    return switch (read) {
      case StepResult.Accepted accepted -> ofLabel(session, accepted.data());
      case StepResult.Unexpected unexpected -> new Recognition.Trouble(unexpected.what());
      case StepResult.CardGone gone -> new Recognition.CardGone();
      case StepResult.Trouble trouble -> new Recognition.Trouble(trouble.what());
    };
  }

  private static Recognition ofLabel(CardSession session, byte[] padded) {
    // Padded with spaces, on some tokens with NUL: trim takes both.
    String label = new String(padded, StandardCharsets.US_ASCII).trim();
    Optional<CardKind> kind = CardKind.ofTokenLabel(label);
    if (kind.isEmpty() || kind.get() == CardKind.OLD_RESIDENT_CARD) {
      return new Recognition.NotAMyNumberCard();
    }
    return new Recognition.Recognised(new MynaCard(session, kind.get()));
  }

  public CardKind kind() {
    return kind;
  }

  public CertificateReading authenticationCertificate() {
    return session.exclusively(
        () ->
            switch (open(JpkiApplet.AUTHENTICATION_CERTIFICATE)) {
              case StepResult.Accepted accepted -> readCertificate();
              case StepResult.Unexpected unexpected ->
                  new CertificateReading.Trouble(unexpected.what());
              case StepResult.CardGone gone -> new CertificateReading.CardGone();
              case StepResult.Trouble trouble -> new CertificateReading.Trouble(trouble.what());
            });
  }

  /** The file is longer than the certificate: its own header says where it ends. */
  private CertificateReading readCertificate() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    int length = PIECE;
    while (read.size() < length) {
      int wanted = Math.min(PIECE, length - read.size());
      switch (session.transmit(JpkiApplet.read(read.size(), wanted))) {
        case StepResult.Accepted accepted -> {
          byte[] piece = accepted.data();
          if (piece.length == 0 || piece.length > wanted) {
            return new CertificateReading.Trouble("The card sent a piece of a wrong length.");
          }
          read.writeBytes(piece);
        }
        case StepResult.Unexpected unexpected -> {
          return new CertificateReading.Trouble(unexpected.what());
        }
        case StepResult.CardGone gone -> {
          return new CertificateReading.CardGone();
        }
        case StepResult.Trouble trouble -> {
          return new CertificateReading.Trouble(trouble.what());
        }
      }
      length = DerLength.ofSequence(read.toByteArray()).orElse(0);
      if (length == 0 || length > LONGEST_CERTIFICATE) {
        return new CertificateReading.Trouble("The card holds no certificate where it should.");
      }
    }
    return new CertificateReading.Read(
        new UntrustedCertificate(Arrays.copyOf(read.toByteArray(), length)));
  }

  /** Costs no try. */
  public PinTries pinTries() {
    return session.exclusively(
        () ->
            switch (open(JpkiApplet.AUTHENTICATION_PIN, JpkiApplet.askTries())) {
              case StepResult.Accepted accepted -> triesOf(accepted.statusWord());
              case StepResult.Unexpected unexpected -> new PinTries.Trouble(unexpected.what());
              case StepResult.CardGone gone -> new PinTries.CardGone();
              case StepResult.Trouble trouble -> new PinTries.Trouble(trouble.what());
            });
  }

  private static PinTries triesOf(int statusWord) {
    if (statusWord == JpkiApplet.DONE) {
      return new PinTries.Trouble("The card did not say how many tries are left.");
    }
    return JpkiApplet.isBlocked(statusWord)
        ? new PinTries.Blocked()
        : new PinTries.Left(JpkiApplet.triesLeft(statusWord));
  }

  /**
   * Lets the card sign, in one section that no other program can enter. The PIN is sent at most
   * once, whatever happens, and is forgotten by the card before the section ends.
   */
  public Proving prove(PinEntry pin, byte[] sha256) {
    SigningAlgorithm algorithm = SigningAlgorithm.forDigestOf(sha256.length);
    byte[] input = algorithm.toBeSigned(sha256);
    return session.exclusively(
        () ->
            switch (open(JpkiApplet.AUTHENTICATION_PIN)) {
              case StepResult.Accepted accepted -> verifyThenSign(pin, input, algorithm);
              case StepResult.Unexpected unexpected -> new Proving.Trouble(unexpected.what());
              case StepResult.CardGone gone -> new Proving.CardGone();
              case StepResult.Trouble trouble -> new Proving.Trouble(trouble.what());
            });
  }

  private Proving verifyThenSign(PinEntry pin, byte[] input, SigningAlgorithm algorithm) {
    return switch (verify(pin)) {
      case StepResult.Accepted accepted -> signIfVerified(accepted.statusWord(), input, algorithm);
      case StepResult.Unexpected unexpected -> new Proving.Trouble(unexpected.what());
      case StepResult.CardGone gone -> new Proving.CardGone();
      case StepResult.Trouble trouble -> new Proving.Trouble(trouble.what());
    };
  }

  private Proving signIfVerified(int statusWord, byte[] input, SigningAlgorithm algorithm) {
    if (statusWord == JpkiApplet.DONE) {
      return sign(input, algorithm);
    }
    return JpkiApplet.isBlocked(statusWord)
        ? new Proving.PinBlocked()
        : new Proving.WrongPin(JpkiApplet.triesLeft(statusWord));
  }

  private StepResult verify(PinEntry pin) {
    CardStep step = pin.lend(JpkiApplet::verify);
    try {
      return session.transmit(step);
    } finally {
      step.wipe();
    }
  }

  private Proving sign(byte[] input, SigningAlgorithm algorithm) {
    StepResult signed =
        session.transmitAll(
            JpkiApplet.selectFile(JpkiApplet.AUTHENTICATION_KEY),
            JpkiApplet.computeSignature(input));
    // Selecting the application again ends what the PIN opened; whether it works changes nothing.
    session.transmit(JpkiApplet.select());
    return switch (signed) {
      case StepResult.Accepted accepted ->
          accepted.data().length == algorithm.signatureLength()
              ? new Proving.Signed(accepted.data())
              : new Proving.Trouble("The card sent a signature of a wrong length.");
      case StepResult.Unexpected unexpected -> new Proving.Trouble(unexpected.what());
      case StepResult.CardGone gone -> new Proving.CardGone();
      case StepResult.Trouble trouble -> new Proving.Trouble(trouble.what());
    };
  }

  private StepResult open(int file, CardStep... then) {
    StepResult opened = session.transmitAll(JpkiApplet.select(), JpkiApplet.selectFile(file));
    return opened instanceof StepResult.Accepted && then.length > 0
        ? session.transmitAll(then[0], Arrays.copyOfRange(then, 1, then.length))
        : opened;
  }
}
