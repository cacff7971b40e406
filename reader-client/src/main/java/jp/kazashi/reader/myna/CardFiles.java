package jp.kazashi.reader.myna;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.StepResult;

/** Reads the current file of a card piece by piece. */
final class CardFiles {

  private static final int PIECE = 256;

  private CardFiles() {}

  /**
   * A file is longer than what it holds: the header of that tells where it ends.
   *
   * @param lengthOf of header and content together, told by the first bytes
   * @param longest a card that claims more is lying
   */
  static CardFileReading read(
      CardSession session, Function<byte[], OptionalInt> lengthOf, int longest) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    int length = PIECE;
    boolean known = false;
    while (read.size() < length) {
      int wanted = Math.min(PIECE, length - read.size());
      switch (session.transmit(JpkiApplet.read(read.size(), wanted))) {
        case StepResult.Accepted(byte[] piece, _) -> {
          if (piece.length == 0 || piece.length > wanted) {
            return new CardFileReading.Failed("The card sent a piece of a wrong length.");
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
      if (!known && read.size() >= DerLength.HEAD) {
        length = lengthOf.apply(read.toByteArray()).orElse(0);
        if (length == 0 || length > longest) {
          return new CardFileReading.Failed("The card holds something else where this should be.");
        }
        known = true;
      }
    }
    return new CardFileReading.Whole(Arrays.copyOf(read.toByteArray(), length));
  }
}
