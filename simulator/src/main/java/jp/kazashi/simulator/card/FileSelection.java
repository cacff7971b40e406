package jp.kazashi.simulator.card;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What all applications have in common once selected: files, reading, PINs and challenges. */
final class FileSelection implements Application.Selection {

  private static final int CURRENT_FILE = 0x80;
  private static final int SHORT_ID = 0x1F;
  private static final int LONGEST_CHALLENGE = 256;

  private final List<ElementaryFile> files;
  private final RandomGenerator random;
  private final Set<PinReference> verified = new HashSet<>();
  private @Nullable ElementaryFile current;

  FileSelection(List<ElementaryFile> files, RandomGenerator random) {
    this.files = files;
    this.random = random;
  }

  @Override
  public ResponseApdu answer(CommandApdu command) {
    return switch (command.cla()) {
      case 0x00 -> answerOrdinary(command);
      case 0x80 ->
          command.ins() == 0x32
              ? changePin(command, 0x00, ElementaryFile.Pin.Change.BY_JICSAP_CHANGE_KEY)
              : ResponseApdu.of(StatusWord.UNKNOWN_INSTRUCTION);
      default -> ResponseApdu.of(StatusWord.UNKNOWN_CLASS);
    };
  }

  private ResponseApdu answerOrdinary(CommandApdu command) {
    return switch (command.ins()) {
      case 0xA4 -> selectFile(command);
      case 0xB0 -> readBinary(command);
      case 0xB2 -> readRecord(command);
      case 0x20 -> verify(command);
      case 0x24 -> changePin(command, 0x01, ElementaryFile.Pin.Change.BY_CHANGE_REFERENCE_DATA);
      case 0x84 -> getChallenge(command);
      case 0x88 -> internalAuthenticate(command);
      default -> ResponseApdu.of(StatusWord.UNKNOWN_INSTRUCTION);
    };
  }

  /** Selecting a file leaves the security status alone, and a file not found the current file. */
  private ResponseApdu selectFile(CommandApdu command) {
    if (command.p1() == 0x00) {
      return MasterFile.select(command);
    }
    if (command.p1() != 0x02 || (command.p2() != 0x0C && command.p2() != 0x00)) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    byte[] id = command.data();
    if (id.length != 2) {
      return ResponseApdu.of(StatusWord.WRONG_LENGTH);
    }
    return makeCurrent(((id[0] & 0xFF) << 8) | (id[1] & 0xFF))
        ? ResponseApdu.done()
        : ResponseApdu.of(StatusWord.NOT_FOUND);
  }

  private boolean makeCurrent(int id) {
    Optional<ElementaryFile> found = files.stream().filter(file -> file.id() == id).findFirst();
    found.ifPresent(file -> current = file);
    return found.isPresent();
  }

  /** P1 with its highest bit set names the file; else P1 and P2 are the offset. */
  private ResponseApdu readBinary(CommandApdu command) {
    boolean byShortId = (command.p1() & CURRENT_FILE) != 0;
    int offset = byShortId ? command.p2() : (command.p1() << 8) | command.p2();
    return onFile(
        byShortId ? command.p1() : CURRENT_FILE,
        ElementaryFile.Transparent.class,
        file -> {
          if (command.hasData() || command.expected().isEmpty()) {
            return ResponseApdu.of(StatusWord.WRONG_LENGTH);
          }
          if (!isGranted(file.access())) {
            return ResponseApdu.of(StatusWord.SECURITY_STATUS_NOT_SATISFIED);
          }
          if (offset >= file.size()) {
            return ResponseApdu.of(StatusWord.OFFSET_PAST_END);
          }
          return ResponseApdu.done(file.read(offset, command.expected().getAsInt()));
        });
  }

  /** P2 is the short identifier and 4: "the record whose number P1 is". */
  private ResponseApdu readRecord(CommandApdu command) {
    if ((command.p2() & 0x07) != 0x04) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    return onFile(
        CURRENT_FILE | (command.p2() >> 3),
        ElementaryFile.Records.class,
        file -> {
          if (command.hasData() || command.expected().isEmpty()) {
            return ResponseApdu.of(StatusWord.WRONG_LENGTH);
          }
          return file.record(command.p1())
              .map(found -> wholeRecord(found, command.expected().getAsInt()))
              .orElse(ResponseApdu.of(StatusWord.RECORD_NOT_FOUND));
        });
  }

  private static ResponseApdu wholeRecord(byte[] found, int expected) {
    return expected < found.length
        ? ResponseApdu.of(StatusWord.EXACT_LENGTH | found.length)
        : ResponseApdu.done(found);
  }

  private ResponseApdu verify(CommandApdu command) {
    if (command.p1() != 0x00) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    return onFile(
        command.p2(),
        ElementaryFile.class,
        file ->
            switch (file) {
              // Without data it only tells the tries left, even when the PIN is verified by now.
              case ElementaryFile.Pin pin ->
                  command.hasData()
                      ? verify(pin.digits(), command.data())
                      : ResponseApdu.triesLeft(pin.digits().triesLeft());
              case ElementaryFile.BlockedPin blocked ->
                  command.hasData()
                      ? ResponseApdu.of(StatusWord.PIN_BLOCKED)
                      : ResponseApdu.triesLeft(0);
              case ElementaryFile.Transparent _,
                  ElementaryFile.Records _,
                  ElementaryFile.SigningKey _,
                  ElementaryFile.ChallengeKey _,
                  ElementaryFile.Internal _ ->
                  ResponseApdu.of(StatusWord.WRONG_FILE_KIND);
            });
  }

  private ResponseApdu verify(PinDigits pin, byte[] candidate) {
    verified.remove(pin.reference());
    try {
      return switch (pin.tried(candidate)) {
        case PinCounters.Trial.Right right -> {
          verified.add(pin.reference());
          yield ResponseApdu.done();
        }
        case PinCounters.Trial.Wrong wrong -> ResponseApdu.triesLeft(wrong.left());
        case PinCounters.Trial.Blocked blocked -> ResponseApdu.of(StatusWord.PIN_BLOCKED);
      };
    } catch (UncheckedIOException e) {
      // A try that could not be counted must not open anything.
      return ResponseApdu.of(StatusWord.MEMORY_FAILURE);
    }
  }

  /** Only once the old one is verified; what it opened stays open. */
  private ResponseApdu changePin(CommandApdu command, int p1, ElementaryFile.Pin.Change allowedBy) {
    if (command.p1() != p1) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    return onFile(
        command.p2(),
        ElementaryFile.Pin.class,
        pin -> {
          if (pin.change() != allowedBy) {
            return ResponseApdu.of(StatusWord.CONDITIONS_NOT_SATISFIED);
          }
          if (!verified.contains(pin.digits().reference())) {
            return ResponseApdu.of(StatusWord.SECURITY_STATUS_NOT_SATISFIED);
          }
          return change(pin.digits(), command.data());
        });
  }

  private static ResponseApdu change(PinDigits pin, byte[] next) {
    try {
      return pin.change(next) ? ResponseApdu.done() : ResponseApdu.of(StatusWord.WRONG_DATA);
    } catch (UncheckedIOException e) {
      return ResponseApdu.of(StatusWord.MEMORY_FAILURE);
    }
  }

  private ResponseApdu getChallenge(CommandApdu command) {
    if (command.p1() != 0x00 || command.p2() != 0x00) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    if (command.isExtended()) {
      return ResponseApdu.of(StatusWord.CONDITIONS_NOT_SATISFIED);
    }
    if (command.hasData() || command.expected().isEmpty()) {
      return ResponseApdu.of(StatusWord.WRONG_LENGTH);
    }
    return ResponseApdu.done(randomBytes(command.expected().getAsInt()));
  }

  byte[] randomBytes(int length) {
    byte[] bytes = new byte[Math.min(length, LONGEST_CHALLENGE)];
    random.nextBytes(bytes);
    return bytes;
  }

  private ResponseApdu internalAuthenticate(CommandApdu command) {
    if (command.p1() != 0x00) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    return onFile(
        command.p2(),
        ElementaryFile.class,
        file ->
            switch (file) {
              case ElementaryFile.ChallengeKey key ->
                  command.hasData()
                      ? ResponseApdu.done(Rsa.sign("SHA256withRSA", key.key(), command.data()))
                      : ResponseApdu.of(StatusWord.WRONG_LENGTH);
              case ElementaryFile.SigningKey key ->
                  isGranted(key.access())
                      ? ResponseApdu.of(StatusWord.CONDITIONS_NOT_SATISFIED)
                      : ResponseApdu.of(StatusWord.SECURITY_STATUS_NOT_SATISFIED);
              case ElementaryFile.Transparent _,
                  ElementaryFile.Records _,
                  ElementaryFile.Pin _,
                  ElementaryFile.BlockedPin _,
                  ElementaryFile.Internal _ ->
                  ResponseApdu.of(StatusWord.CONDITIONS_NOT_SATISFIED);
            });
  }

  boolean isGranted(Access access) {
    return access.isGranted(verified);
  }

  /** 80 is the current file; 80 and a short identifier name another one, which becomes current. */
  <F extends ElementaryFile> ResponseApdu onFile(
      int reference, Class<F> kind, Function<F, ResponseApdu> use) {
    if ((reference & ~SHORT_ID) != CURRENT_FILE) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    int id = reference & SHORT_ID;
    if (id != 0 && !makeCurrent(id)) {
      return ResponseApdu.of(StatusWord.NOT_FOUND);
    }
    if (current == null) {
      return ResponseApdu.of(StatusWord.NO_CURRENT_FILE);
    }
    return kind.isInstance(current)
        ? use.apply(kind.cast(current))
        : ResponseApdu.of(StatusWord.WRONG_FILE_KIND);
  }
}
