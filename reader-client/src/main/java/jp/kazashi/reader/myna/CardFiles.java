package jp.kazashi.reader.myna;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.StepResult;

/**
 * Reads files of the selected application. In as few commands as card, reader and protocol pass,
 * and in the plainest ones where they do not.
 */
final class CardFiles {

  private CardFiles() {}

  /** The first bytes of a file, which is the current one afterwards. */
  static StepResult beginning(CardSession session, int file, int length) {
    return switch (session.transmit(JpkiApplet.readBeginning(file, length))) {
      case StepResult.Unexpected _ ->
          session.transmitAll(JpkiApplet.selectFile(file), JpkiApplet.read(0, length));
      case StepResult other -> other;
    };
  }

  /**
   * A file is longer than what it holds: the header of that tells where it ends.
   *
   * @param lengthOf of header and content together, told by the first bytes
   * @param longest a card that claims more is lying
   */
  static CardFileReading read(
      CardSession session, int file, Function<byte[], OptionalInt> lengthOf, int longest) {
    return beginning(session, file, JpkiApplet.PIECE)
        .then(
            begun -> readOn(session, begun.data(), lengthOf, longest),
            CardFileReading.Gone::new,
            CardFileReading.Failed::new);
  }

  private static CardFileReading readOn(
      CardSession session, byte[] begun, Function<byte[], OptionalInt> lengthOf, int longest) {
    if (isWrong(begun, JpkiApplet.PIECE)) {
      return wrongPiece();
    }
    int length = begun.length < DerLength.HEAD ? 0 : lengthOf.apply(begun).orElse(0);
    if (length == 0 || length > longest) {
      return new CardFileReading.Failed("The card holds something else where this should be.");
    }
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    read.writeBytes(begun);
    int rest = length - begun.length;
    if (rest > JpkiApplet.PIECE
        && session.transmit(JpkiApplet.readMuch(begun.length, rest))
            instanceof StepResult.Accepted(byte[] much, _)) {
      if (isWrong(much, rest)) {
        return wrongPiece();
      }
      read.writeBytes(much);
    }
    // What does not come whole comes in pieces.
    while (read.size() < length) {
      int wanted = Math.min(JpkiApplet.PIECE, length - read.size());
      switch (session.transmit(JpkiApplet.read(read.size(), wanted))) {
        case StepResult.Accepted(byte[] piece, _) -> {
          if (isWrong(piece, wanted)) {
            return wrongPiece();
          }
          read.writeBytes(piece);
        }
        case StepResult.Unexpected unexpected -> {
          return new CardFileReading.Failed(unexpected.what());
        }
        case StepResult.CardGone _ -> {
          return new CardFileReading.Gone();
        }
        case StepResult.Trouble(String what) -> {
          return new CardFileReading.Failed(what);
        }
      }
    }
    return new CardFileReading.Whole(Arrays.copyOf(read.toByteArray(), length));
  }

  private static boolean isWrong(byte[] piece, int wanted) {
    return piece.length == 0 || piece.length > wanted;
  }

  private static CardFileReading wrongPiece() {
    return new CardFileReading.Failed("The card sent a piece of a wrong length.");
  }
}
