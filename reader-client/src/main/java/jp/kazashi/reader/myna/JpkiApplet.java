package jp.kazashi.reader.myna;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import jp.kazashi.reader.card.CardStep;

/** The JPKI application of the card (公的個人認証AP): its files and the commands it understands. */
final class JpkiApplet {

  static final int TOKEN_INFORMATION = 0x0006;
  static final int AUTHENTICATION_CERTIFICATE = 0x000A;
  static final int AUTHENTICATION_KEY = 0x0017;
  static final int AUTHENTICATION_PIN = 0x0018;

  static final int DONE = 0x9000;

  /** End of file before Le bytes: what was read is good. */
  private static final int READ_TO_END = 0x6282;

  private static final Set<Integer> READ = Set.of(DONE, READ_TO_END);

  /** What a short command reads at most. */
  static final int PIECE = 256;

  private static final byte[] AID = HexFormat.of().parseHex("D392F000260100000001");
  private static final int TRIES_LEFT = 0x63C0;
  private static final int MOST_TRIES = 0x0F;

  /** JICSAP "IEF blocked", and what ISO 7816-4 says for the same. */
  private static final Set<Integer> BLOCKED = Set.of(0x6984, 0x6983);

  private JpkiApplet() {}

  static CardStep select() {
    return select("select JPKI", AID);
  }

  static CardStep select(String name, byte[] application) {
    byte[] command = new byte[5 + application.length];
    header(command, 0x00, 0xA4, 0x04, 0x0C);
    command[4] = (byte) application.length;
    System.arraycopy(application, 0, command, 5, application.length);
    return new CardStep(name, command, Set.of(DONE));
  }

  static CardStep selectFile(int file) {
    byte[] command = new byte[7];
    header(command, 0x00, 0xA4, 0x02, 0x0C);
    command[4] = 2;
    command[5] = (byte) (file >> 8);
    command[6] = (byte) file;
    return new CardStep("select file %04X".formatted(file), command, Set.of(DONE));
  }

  /** Short Le: every reader passes it. */
  static CardStep read(int offset, int length) {
    if (offset < 0 || offset > 0x7FFF || length < 1 || length > PIECE) {
      throw new IllegalArgumentException("READ BINARY reads 1 to 256 bytes from 0 to 7FFF.");
    }
    byte[] command = new byte[5];
    header(command, 0x00, 0xB0, offset >> 8, offset);
    command[4] = (byte) length;
    return new CardStep("read", command, READ);
  }

  /** Selects a file by its short identifier and reads its beginning, in one command. */
  static CardStep readBeginning(int file, int length) {
    if (file < 1 || file > 0x1E || length < 1 || length > PIECE) {
      throw new IllegalArgumentException("Files 0001 to 001E have a short identifier.");
    }
    byte[] command = new byte[5];
    header(command, 0x00, 0xB0, 0x80 | file, 0);
    command[4] = (byte) length;
    return new CardStep("read beginning of %04X".formatted(file), command, READ);
  }

  /** Extended Le: much in one command, where reader and protocol pass it. */
  static CardStep readMuch(int offset, int length) {
    if (offset < 0 || offset > 0x7FFF || length < 1 || length > 0xFFFF) {
      throw new IllegalArgumentException("READ BINARY reads 1 to 65535 bytes from 0 to 7FFF.");
    }
    byte[] command = new byte[7];
    header(command, 0x00, 0xB0, offset >> 8, offset);
    command[5] = (byte) (length >> 8);
    command[6] = (byte) length;
    return new CardStep("read much", command, READ);
  }

  /** VERIFY without data: the card answers how many tries are left and counts none. */
  static CardStep askTries() {
    byte[] command = new byte[4];
    header(command, 0x00, 0x20, 0x00, 0x80);
    return new CardStep("ask PIN tries", command, pinAnswers());
  }

  /** The caller wipes the step. */
  static CardStep verify(byte[] digits) {
    byte[] command = new byte[5 + digits.length];
    header(command, 0x00, 0x20, 0x00, 0x80);
    command[4] = (byte) digits.length;
    System.arraycopy(digits, 0, command, 5, digits.length);
    CardStep step = new CardStep("verify PIN", command, pinAnswers());
    Arrays.fill(command, (byte) 0);
    return step;
  }

  /** P1 00: PKCS #1 v1.5 over the data as it is, so a DigestInfo. */
  static CardStep computeSignature(byte[] digestInfo) {
    byte[] command = new byte[6 + digestInfo.length];
    header(command, 0x80, 0x2A, 0x00, 0x80);
    command[4] = (byte) digestInfo.length;
    System.arraycopy(digestInfo, 0, command, 5, digestInfo.length);
    return new CardStep("sign", command, Set.of(DONE));
  }

  static boolean isBlocked(int statusWord) {
    return statusWord == TRIES_LEFT || BLOCKED.contains(statusWord);
  }

  static int triesLeft(int statusWord) {
    return statusWord & MOST_TRIES;
  }

  private static Set<Integer> pinAnswers() {
    Set<Integer> words = new HashSet<>(BLOCKED);
    words.add(DONE);
    for (int tries = 0; tries <= MOST_TRIES; tries++) {
      words.add(TRIES_LEFT | tries);
    }
    return words;
  }

  private static void header(byte[] command, int cla, int ins, int p1, int p2) {
    command[0] = (byte) cla;
    command[1] = (byte) ins;
    command[2] = (byte) p1;
    command[3] = (byte) p2;
  }
}
