package jp.kazashi.simulator.card;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;

/** 公的個人認証AP: the authentication certificate, its key and its PIN. */
final class JpkiApplication implements Application {

  private static final Aid AID = new Aid("D392F000260100000001");

  /** One byte per certificate, signature then authentication: 8F is there, 00 is not. */
  private static final byte[] AUTHENTICATION_ONLY = {0x00, (byte) 0x8F, 0x00};

  private final List<ElementaryFile> files;

  JpkiApplication(CardContents contents, PinCounters counters) {
    PinReference pin = PinReference.authentication(contents.name());
    files =
        List.of(
            new ElementaryFile.Transparent(
                0x0006, TokenInformation.labelled(TokenInformation.MY_NUMBER_CARD)),
            new ElementaryFile.Transparent(0x0008, AUTHENTICATION_ONLY),
            ElementaryFile.Transparent.padded(0x000A, contents.authenticationCertificate()),
            ElementaryFile.Transparent.padded(0x000B, contents.caCertificate()),
            new ElementaryFile.SigningKey(0x0017, contents.authenticationKey(), pin),
            new ElementaryFile.Pin(0x0018, new PinDigits(pin, contents.pin(), counters)));
  }

  @Override
  public Aid aid() {
    return AID;
  }

  @Override
  public Selection select() {
    return new SelectedJpki(new FileSelection(files));
  }

  /** Adds to the files what only this application can: to sign. */
  private record SelectedJpki(FileSelection files) implements Selection {

    private static final int CLASS = 0x80;
    private static final int COMPUTE_SIGNATURE = 0x2A;
    private static final int PKCS1_OVER_DATA = 0x00;
    private static final int LONGEST_INPUT = 245;

    @Override
    public ResponseApdu answer(CommandApdu command) {
      if (command.cla() != CLASS) {
        return files.answer(command);
      }
      return command.ins() == COMPUTE_SIGNATURE
          ? computeSignature(command)
          : ResponseApdu.of(StatusWord.UNKNOWN_INSTRUCTION);
    }

    private ResponseApdu computeSignature(CommandApdu command) {
      if (command.p1() != PKCS1_OVER_DATA) {
        return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
      }
      return files.onFile(
          command.p2(),
          ElementaryFile.SigningKey.class,
          key -> {
            byte[] input = command.data();
            if (input.length == 0 || input.length > LONGEST_INPUT) {
              return ResponseApdu.of(StatusWord.WRONG_LENGTH);
            }
            return files.isVerified(key.pin())
                ? ResponseApdu.done(sign(key.key(), input))
                : ResponseApdu.of(StatusWord.SECURITY_STATUS_NOT_SATISFIED);
          });
    }

    /** PKCS #1 v1.5 over the data as it is: whether it is a DigestInfo is the caller's affair. */
    private static byte[] sign(PrivateKey key, byte[] input) {
      try {
        Signature signature = Signature.getInstance("NONEwithRSA");
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("The key of this card cannot sign.", e);
      }
    }
  }
}
