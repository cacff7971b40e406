package jp.kazashi.reader.myna;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.reader.card.CardKind;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;

/** A My Number card, or a phone that answers like one, for as long as its session lasts. */
public final class MynaCard {

  private static final int TOKEN_LABEL_LENGTH = 32;

  /** So much of a certificate holds its serial number. */
  private static final int HEAD = 64;

  /** Cards carry certificates of about 1.7 kB; a card that claims more is lying. */
  private static final int LONGEST_CERTIFICATE = 8 * 1024;

  /** A portrait of about 8 kB and what is around it. */
  private static final int LONGEST_FACE = 30 * 1024;

  private static final int LONGEST_ATTRIBUTES = 2 * 1024;
  private static final String NO_PORTRAIT = "The card's face holds no portrait.";
  private static final String WRONG_SIGNATURE = "The card sent a signature of a wrong length.";

  private final CardSession session;
  private final CardKind kind;

  /** How the certificate begins that was read before; empty while none was. */
  private byte[] head = {};

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
    return CardFiles.beginning(session, JpkiApplet.TOKEN_INFORMATION, TOKEN_LABEL_LENGTH)
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
        session
            .transmit(JpkiApplet.select())
            .then(
                _ -> readCertificate(),
                CertificateReading.CardGone::new,
                CertificateReading.Trouble::new));
  }

  private CertificateReading readCertificate() {
    return CardFiles.read(
            session,
            JpkiApplet.AUTHENTICATION_CERTIFICATE,
            DerLength::ofSequence,
            LONGEST_CERTIFICATE)
        .then(this::remembered, CertificateReading.CardGone::new, CertificateReading.Trouble::new);
  }

  private CertificateReading remembered(byte[] der) {
    head = Arrays.copyOf(der, Math.min(HEAD, der.length));
    return new CertificateReading.Read(new UntrustedCertificate(der));
  }

  /** Costs no try. */
  public PinTries pinTries() {
    return session.exclusively(() ->
        session
            .transmitAll(
                JpkiApplet.select(),
                JpkiApplet.selectFile(JpkiApplet.AUTHENTICATION_PIN),
                JpkiApplet.askTries())
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
   * once, whatever happens, never to another card than the one whose certificate was read, and is
   * forgotten by the card before the section ends.
   */
  public Proving prove(PinEntry pin, byte[] sha256) {
    SigningAlgorithm algorithm = SigningAlgorithm.forDigestOf(sha256.length);
    byte[] input = algorithm.toBeSigned(sha256);
    return session.exclusively(() ->
        openSameCard()
            .then(
                same ->
                    isSame(same) ? verifyThenSign(pin, input, algorithm) : new Proving.CardGone(),
                Proving.CardGone::new,
                Proving.Trouble::new));
  }

  /** A quick hand can swap cards between two looks of the reader: the certificate tells. */
  private StepResult openSameCard() {
    StepResult selected = session.transmit(JpkiApplet.select());
    return selected instanceof StepResult.Accepted && head.length > 0
        ? CardFiles.beginning(session, JpkiApplet.AUTHENTICATION_CERTIFICATE, head.length)
        : selected;
  }

  private boolean isSame(StepResult.Accepted same) {
    return Arrays.equals(head, same.data());
  }

  private Proving verifyThenSign(PinEntry pin, byte[] input, SigningAlgorithm algorithm) {
    return verify(JpkiApplet.AUTHENTICATION_PIN, pin)
        .then(
            answer ->
                verified(
                    answer,
                    () -> sign(input, algorithm),
                    Proving.PinBlocked::new,
                    Proving.WrongPin::new),
            Proving.CardGone::new,
            Proving.Trouble::new);
  }

  private StepResult verify(int file, PinEntry pin) {
    StepResult selected = session.transmit(JpkiApplet.selectFile(file));
    return selected instanceof StepResult.Accepted
        ? transmitAndWipe(pin.lend(JpkiApplet::verify))
        : selected;
  }

  private StepResult transmitAndWipe(CardStep step) {
    try {
      return session.transmit(step);
    } finally {
      step.wipe();
    }
  }

  /** What a VERIFY came to: open, blocked, or so many tries left. */
  private static <R> R verified(
      StepResult.Accepted answer, Supplier<R> open, Supplier<R> blocked, IntFunction<R> wrong) {
    int statusWord = answer.statusWord();
    if (statusWord == JpkiApplet.DONE) {
      return open.get();
    }
    return JpkiApplet.isBlocked(statusWord)
        ? blocked.get()
        : wrong.apply(JpkiApplet.triesLeft(statusWord));
  }

  private Proving sign(byte[] input, SigningAlgorithm algorithm) {
    StepResult signed = signature(input);
    // Selecting the application again ends what the PIN opened; whether it works changes nothing.
    session.transmit(JpkiApplet.select());
    return signed.then(
        answer ->
            isSignature(answer, algorithm)
                ? new Proving.Signed(answer.data())
                : new Proving.Trouble(WRONG_SIGNATURE),
        Proving.CardGone::new,
        Proving.Trouble::new);
  }

  private StepResult signature(byte[] input) {
    return session.transmitAll(
        JpkiApplet.selectFile(JpkiApplet.AUTHENTICATION_KEY), JpkiApplet.computeSignature(input));
  }

  private static boolean isSignature(StepResult.Accepted answer, SigningAlgorithm algorithm) {
    return answer.data().length == algorithm.signatureLength();
  }

  /** After the holder was confirmed by face or by sight: the terminal answers for it. */
  public PinlessProving prove(PinlessAuthorizer authorizer, byte[] sha256) {
    SigningAlgorithm algorithm = SigningAlgorithm.forDigestOf(sha256.length);
    byte[] input = algorithm.toBeSigned(sha256);
    return session.exclusively(() ->
        openSameCard()
            .then(
                same ->
                    isSame(same)
                        ? authorizeThenSign(authorizer, input, algorithm)
                        : new PinlessProving.CardGone(),
                PinlessProving.CardGone::new,
                PinlessProving.Trouble::new));
  }

  private PinlessProving authorizeThenSign(
      PinlessAuthorizer authorizer, byte[] input, SigningAlgorithm algorithm) {
    return switch (authorizer.authorize(session)) {
      case PinlessAuthorizer.Authorization.Authorized _ ->
          switch (sign(input, algorithm)) {
            case Proving.Signed(byte[] signature) -> new PinlessProving.Signed(signature);
            case Proving.CardGone _ -> new PinlessProving.CardGone();
            case Proving.Trouble(String what) -> new PinlessProving.Trouble(what);
            case Proving.WrongPin _, Proving.PinBlocked _ ->
                throw new IllegalStateException("No PIN was sent.");
          };
      case PinlessAuthorizer.Authorization.NotAvailable _ -> new PinlessProving.NotAvailable();
      case PinlessAuthorizer.Authorization.CardGone _ -> new PinlessProving.CardGone();
      case PinlessAuthorizer.Authorization.Trouble(String what) -> new PinlessProving.Trouble(what);
    };
  }

  /**
   * One tap with a phone: PIN where it wants one, signature and certificate, all in one section,
   * because some phones show their certificate only after the PIN and all are soon taken away.
   *
   * @param pin for a phone that does not confirm its holder by itself
   */
  public PhoneProving proveByPhone(Optional<PinEntry> pin, byte[] sha256) {
    SigningAlgorithm algorithm = SigningAlgorithm.forDigestOf(sha256.length);
    byte[] input = algorithm.toBeSigned(sha256);
    if (kind != CardKind.IPHONE && pin.isEmpty()) {
      return new PhoneProving.PinNeeded();
    }
    return session.exclusively(() ->
        session
            .transmit(JpkiApplet.select())
            .then(
                _ ->
                    kind == CardKind.IPHONE
                        ? signAndShow(input, algorithm)
                        : verifyThenSignAndShow(pin.orElseThrow(), input, algorithm),
                PhoneProving.CardGone::new,
                PhoneProving.Trouble::new));
  }

  private PhoneProving verifyThenSignAndShow(
      PinEntry pin, byte[] input, SigningAlgorithm algorithm) {
    return verify(JpkiApplet.AUTHENTICATION_PIN, pin)
        .then(
            answer ->
                verified(
                    answer,
                    () -> signAndShow(input, algorithm),
                    PhoneProving.PinBlocked::new,
                    PhoneProving.WrongPin::new),
            PhoneProving.CardGone::new,
            PhoneProving.Trouble::new);
  }

  private PhoneProving signAndShow(byte[] input, SigningAlgorithm algorithm) {
    PhoneProving proved =
        signature(input)
            .then(
                answer ->
                    isSignature(answer, algorithm)
                        ? show(answer.data())
                        : new PhoneProving.Trouble(WRONG_SIGNATURE),
                PhoneProving.CardGone::new,
                PhoneProving.Trouble::new);
    session.transmit(JpkiApplet.select());
    return proved;
  }

  private PhoneProving show(byte[] signature) {
    return switch (readCertificate()) {
      case CertificateReading.Read(UntrustedCertificate certificate) ->
          new PhoneProving.Signed(certificate, signature);
      case CertificateReading.CardGone _ -> new PhoneProving.CardGone();
      case CertificateReading.Trouble(String what) -> new PhoneProving.Trouble(what);
    };
  }

  /**
   * The photograph of the card's face, opened by what is printed on it; no PIN.
   *
   * @param issuers where they are known, only what they signed is taken
   */
  public PortraitReading portrait(CardFaceScan scan, CardIssuers issuers) {
    if (kind != CardKind.MY_NUMBER_CARD) {
      return new PortraitReading.NoPortrait();
    }
    Optional<FaceNumber> scanned = scan.scan();
    if (scanned.isEmpty()) {
      return new PortraitReading.NotScanned();
    }
    try (FaceNumber number = scanned.get()) {
      return session.exclusively(() ->
          session
              .transmitAll(FaceApplet.select(), JpkiApplet.selectFile(FaceApplet.NUMBER_B))
              .then(
                  _ -> openFace(number, issuers),
                  PortraitReading.CardGone::new,
                  PortraitReading.Trouble::new));
    }
  }

  private PortraitReading openFace(FaceNumber number, CardIssuers issuers) {
    return transmitAndWipe(number.lend(JpkiApplet::verify))
        .then(
            answer ->
                verified(
                    answer,
                    () -> readFace(issuers),
                    PortraitReading.Blocked::new,
                    PortraitReading.WrongNumber::new),
            PortraitReading.CardGone::new,
            PortraitReading.Trouble::new);
  }

  private PortraitReading readFace(CardIssuers issuers) {
    return readRecord(
        FaceApplet.FACE,
        FaceApplet.RECORD,
        LONGEST_FACE,
        FaceApplet.select(),
        file -> portraitIn(file, issuers),
        PortraitReading.CardGone::new,
        PortraitReading.Trouble::new);
  }

  private PortraitReading portraitIn(byte[] file, CardIssuers issuers) {
    try {
      return FaceRecord.of(file, FaceApplet.RECORD)
          .map(face -> portraitIn(face, issuers))
          .orElseGet(() -> new PortraitReading.Trouble(NO_PORTRAIT));
    } finally {
      Arrays.fill(file, (byte) 0);
    }
  }

  private PortraitReading portraitIn(FaceRecord face, CardIssuers issuers) {
    try {
      return issuers.areKnown()
          ? signedPortrait(face, issuers)
          : portraitOf(face, PortraitReading.Origin.NOT_VERIFIED);
    } finally {
      face.wipe();
    }
  }

  private PortraitReading signedPortrait(FaceRecord face, CardIssuers issuers) {
    return CardFiles.read(
            session,
            FaceSignature.CERTIFICATE_FILE,
            start -> FaceRecord.length(start, FaceSignature.CERTIFICATE),
            FaceSignature.LONGEST_CERTIFICATE)
        .then(
            certificate ->
                FaceSignature.doubt(face, certificate, issuers)
                    .<PortraitReading>map(PortraitReading.Distrusted::new)
                    .orElseGet(() -> portraitOf(face, PortraitReading.Origin.SIGNED)),
            PortraitReading.CardGone::new,
            // A card without the certificate of its issuer offers no signature.
            _ -> new PortraitReading.Distrusted(PortraitReading.Doubt.UNSIGNED));
  }

  private static PortraitReading portraitOf(FaceRecord face, PortraitReading.Origin origin) {
    return face.field(FaceApplet.PORTRAIT)
        .filter(portrait -> portrait.length > 0)
        .<PortraitReading>map(portrait -> new PortraitReading.Read(portrait, origin))
        .orElseGet(() -> new PortraitReading.Trouble(NO_PORTRAIT));
  }

  /** 基本4情報, opened by a PIN of their own (券面事項入力補助用暗証番号). */
  public AttributesReading attributes(PinEntry pin) {
    if (kind != CardKind.MY_NUMBER_CARD) {
      return new AttributesReading.NoAttributes();
    }
    return session.exclusively(() ->
        session
            .transmit(TextApplet.select())
            .then(
                _ -> openAttributes(pin),
                AttributesReading.CardGone::new,
                AttributesReading.Trouble::new));
  }

  private AttributesReading openAttributes(PinEntry pin) {
    return verify(TextApplet.PIN, pin)
        .then(
            answer ->
                verified(
                    answer,
                    this::readAttributes,
                    AttributesReading.PinBlocked::new,
                    AttributesReading.WrongPin::new),
            AttributesReading.CardGone::new,
            AttributesReading.Trouble::new);
  }

  private AttributesReading readAttributes() {
    return readRecord(
        TextApplet.ATTRIBUTES,
        TextApplet.RECORD,
        LONGEST_ATTRIBUTES,
        TextApplet.select(),
        MynaCard::attributesIn,
        AttributesReading.CardGone::new,
        AttributesReading.Trouble::new);
  }

  private static AttributesReading attributesIn(byte[] file) {
    try {
      return AttributesRecord.read(file)
          .<AttributesReading>map(AttributesReading.Read::new)
          .orElseGet(() -> new AttributesReading.Trouble("The card's attributes are damaged."));
    } finally {
      Arrays.fill(file, (byte) 0);
    }
  }

  /** A whole record of an opened application, which forgets what opened it when it is left. */
  private <R> R readRecord(
      int file,
      int tag,
      int longest,
      CardStep leave,
      Function<byte[], R> whole,
      Supplier<R> gone,
      Function<String, R> trouble) {
    R read =
        CardFiles.read(session, file, start -> FaceRecord.length(start, tag), longest)
            .then(whole, gone, trouble);
    session.transmit(leave);
    return read;
  }
}
