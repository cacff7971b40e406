package jp.kazashi.simulator.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** 公的個人認証AP: certificates, their keys and what opens them. */
final class JpkiApplication implements Application {

  private static final Aid AID = new Aid("D392F000260100000001");
  private static final byte THERE = (byte) 0x8F;

  private final CardContents contents;
  private final List<ElementaryFile> files = new ArrayList<>();
  private final RandomGenerator random;

  JpkiApplication(CardContents contents, PinCounters counters, RandomGenerator random) {
    this.contents = contents;
    this.random = random;
    files.add(
        ElementaryFile.Transparent.free(
            0x0006, TokenInformation.labelled(contents.form().tokenLabel())));
    files.add(ElementaryFile.Transparent.free(0x0008, availability(contents)));
    // What this file is for nobody outside knows, and nothing opens it.
    files.add(new ElementaryFile.Transparent(0x0009, Access.never(), new byte[16]));
    files.add(new ElementaryFile.Internal(0x0016));
    addAuthentication(contents.authentication(), counters);
    contents.signature().ifPresent(signature -> addSignature(signature, counters));
  }

  /** One byte per certificate, signature then authentication: 8F is there, 00 is not. */
  private static byte[] availability(CardContents contents) {
    return new byte[] {contents.signature().isPresent() ? THERE : 0, THERE, 0};
  }

  private void addAuthentication(JpkiCredential credential, PinCounters counters) {
    PinReference pin = PinReference.authentication(contents.name());
    files.add(
        ElementaryFile.Transparent.padded(
            0x000A,
            contents.form() == CardForm.ANDROID_PHONE ? Access.anyOf(pin) : Access.free(),
            credential.certificate()));
    files.add(ElementaryFile.Transparent.padded(0x000B, Access.free(), credential.caCertificate()));
    files.add(
        new ElementaryFile.SigningKey(
            0x0017,
            credential.key(),
            contents.form() == CardForm.IPHONE ? Access.free() : Access.anyOf(pin)));
    if (contents.form() != CardForm.IPHONE) {
      files.add(pin(0x0018, pin, credential, counters));
    }
  }

  private void addSignature(JpkiCredential credential, PinCounters counters) {
    PinReference pin = PinReference.signature(contents.name());
    files.add(
        ElementaryFile.Transparent.padded(0x0001, Access.anyOf(pin), credential.certificate()));
    files.add(ElementaryFile.Transparent.padded(0x0002, Access.free(), credential.caCertificate()));
    files.add(new ElementaryFile.SigningKey(0x001A, credential.key(), Access.anyOf(pin)));
    files.add(pin(0x001B, pin, credential, counters));
  }

  private static ElementaryFile pin(
      int id, PinReference reference, JpkiCredential credential, PinCounters counters) {
    return ElementaryFile.pin(
        id,
        reference,
        credential.secret(),
        counters,
        ElementaryFile.Pin.Change.BY_CHANGE_REFERENCE_DATA);
  }

  @Override
  public Aid aid() {
    return AID;
  }

  @Override
  public Selection select() {
    FileSelection selected = new FileSelection(files, random);
    return new SelectedJpki(
        selected,
        contents.terminalAuthority().map(trusted -> new PinlessProfile(trusted, selected)));
  }

  /** Adds to the files what only this application can: to sign. */
  private record SelectedJpki(FileSelection files, Optional<PinlessProfile> pinless)
      implements Selection {

    private static final int CLASS = 0x80;
    private static final int COMPUTE_SIGNATURE = 0x2A;
    private static final int AUTHENTICATION_KEY = 0x0017;

    @Override
    public ResponseApdu answer(CommandApdu command) {
      if (pinless.isPresent() && command.cla() == PinlessProfile.CLASS) {
        return pinless.get().answer(command);
      }
      return command.cla() == CLASS && command.ins() == COMPUTE_SIGNATURE
          ? computeSignature(command)
          : files.answer(command);
    }

    private ResponseApdu computeSignature(CommandApdu command) {
      Optional<SignatureScheme> scheme = SignatureScheme.of(command.p1());
      if (scheme.isEmpty()) {
        return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
      }
      return files.onFile(
          command.p2(),
          ElementaryFile.SigningKey.class,
          key -> {
            if (!scheme.get().takes(command.data().length)) {
              return ResponseApdu.of(StatusWord.WRONG_LENGTH);
            }
            return mayUse(key)
                ? ResponseApdu.done(scheme.get().sign(key.key(), command.data()))
                : ResponseApdu.of(StatusWord.SECURITY_STATUS_NOT_SATISFIED);
          });
    }

    /** What a terminal proved opens the authentication key, once, and never the signature key. */
    private boolean mayUse(ElementaryFile.SigningKey key) {
      return files.isGranted(key.access())
          || (key.id() == AUTHENTICATION_KEY && pinless.map(PinlessProfile::spend).orElse(false));
    }
  }
}
