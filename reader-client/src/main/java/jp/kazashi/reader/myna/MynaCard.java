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
    return session.exclusively(() ->
        switch (session.transmit(JpkiApplet.select())) {
          case StepResult.Accepted _ -> recogniseByLabel(session);
          case StepResult.Unexpected _ -> new Recognition.NotAMyNumberCard();
          case StepResult.CardGone _ -> new Recognition.CardGone();
          case StepResult.Trouble(String what) -> new Recognition.Trouble(what);
        });
  }

  private static Recognition recogniseByLabel(CardSession session) {
    return session
        .transmitAll(
            JpkiApplet.selectFile(JpkiApplet.TOKEN_INFORMATION),
            JpkiApplet.read(0, TOKEN_LABEL_LENGTH))
        .then(
            read -> ofLabel(session, read.data()),
            Recognition.CardGone::new,
            Recognition.Trouble::new);
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
    return session.exclusively(() ->
        open(JpkiApplet.AUTHENTICATION_CERTIFICATE)
            .then(
                _ -> readCertificate(),
                CertificateReading.CardGone::new,
                CertificateReading.Trouble::new));
  }

  /** The file is longer than the certificate: its own header says where it ends. */
  private CertificateReading readCertificate() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    int length = PIECE;
    while (read.size() < length) {
      int wanted = Math.min(PIECE, length - read.size());
      switch (session.transmit(JpkiApplet.read(read.size(), wanted))) {
        case StepResult.Accepted(byte[] piece, _) -> {
          if (piece.length == 0 || piece.length > wanted) {
            return new CertificateReading.Trouble("The card sent a piece of a wrong length.");
          }
          read.writeBytes(piece);
        }
        case StepResult.Unexpected unexpected -> {
          return new CertificateReading.Trouble(unexpected.what());
        }
        case StepResult.CardGone _ -> {
          return new CertificateReading.CardGone();
        }
        case StepResult.Trouble(String what) -> {
          return new CertificateReading.Trouble(what);
        }
      }
      if (read.size() >= DerLength.HEAD) {
        length = DerLength.ofSequence(read.toByteArray()).orElse(0);
        if (length == 0 || length > LONGEST_CERTIFICATE) {
          return new CertificateReading.Trouble("The card holds no certificate where it should.");
        }
      }
    }
    return new CertificateReading.Read(
        new UntrustedCertificate(Arrays.copyOf(read.toByteArray(), length)));
  }

  /** Costs no try. */
  public PinTries pinTries() {
    return session.exclusively(() ->
        open(JpkiApplet.AUTHENTICATION_PIN, JpkiApplet.askTries())
            .then(
                answer -> triesOf(answer.statusWord()),
                PinTries.CardGone::new,
                PinTries.Trouble::new));
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
    return session.exclusively(() ->
        open(JpkiApplet.AUTHENTICATION_PIN)
            .then(
                _ -> verifyThenSign(pin, input, algorithm),
                Proving.CardGone::new,
                Proving.Trouble::new));
  }

  private Proving verifyThenSign(PinEntry pin, byte[] input, SigningAlgorithm algorithm) {
    return verify(pin)
        .then(
            answer -> signIfVerified(answer.statusWord(), input, algorithm),
            Proving.CardGone::new,
            Proving.Trouble::new);
  }

  private StepResult verify(PinEntry pin) {
    CardStep step = pin.lend(JpkiApplet::verify);
    try {
      return session.transmit(step);
    } finally {
      step.wipe();
    }
  }

  private Proving signIfVerified(int statusWord, byte[] input, SigningAlgorithm algorithm) {
    if (statusWord == JpkiApplet.DONE) {
      return sign(input, algorithm);
    }
    return JpkiApplet.isBlocked(statusWord)
        ? new Proving.PinBlocked()
        : new Proving.WrongPin(JpkiApplet.triesLeft(statusWord));
  }

  private Proving sign(byte[] input, SigningAlgorithm algorithm) {
    StepResult signed =
        session.transmitAll(
            JpkiApplet.selectFile(JpkiApplet.AUTHENTICATION_KEY),
            JpkiApplet.computeSignature(input));
    // Selecting the application again ends what the PIN opened; whether it works changes nothing.
    session.transmit(JpkiApplet.select());
    return signed.then(
        answer ->
            answer.data().length == algorithm.signatureLength()
                ? new Proving.Signed(answer.data())
                : new Proving.Trouble("The card sent a signature of a wrong length."),
        Proving.CardGone::new,
        Proving.Trouble::new);
  }

  private StepResult open(int file, CardStep... then) {
    CardStep[] steps = new CardStep[1 + then.length];
    steps[0] = JpkiApplet.selectFile(file);
    System.arraycopy(then, 0, steps, 1, then.length);
    return session.transmitAll(JpkiApplet.select(), steps);
  }
}
