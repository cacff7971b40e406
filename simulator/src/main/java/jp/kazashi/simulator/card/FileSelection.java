package jp.kazashi.simulator.card;

import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all applications have in common once selected: files, reading, and PINs. */
final class FileSelection implements Application.Selection {

  private static final int CURRENT_FILE = 0x80;
  private static final int SHORT_ID = 0x1F;

  private final List<ElementaryFile> files;
  private final Set<PinReference> verified = new HashSet<>();
  private @Nullable ElementaryFile current;

  FileSelection(List<ElementaryFile> files) {
    this.files = files;
  }

  @Override
  public ResponseApdu answer(CommandApdu command) {
    if (command.cla() != 0x00) {
      return ResponseApdu.of(StatusWord.UNKNOWN_CLASS);
    }
    return switch (command.ins()) {
      case 0xA4 -> selectFile(command);
      case 0xB0 -> readBinary(command);
      case 0x20 -> verify(command);
      default -> ResponseApdu.of(StatusWord.UNKNOWN_INSTRUCTION);
    };
  }

  /** Selecting a file leaves the security status alone, and a file not found the current file. */
  private ResponseApdu selectFile(CommandApdu command) {
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
          if (offset >= file.size()) {
            return ResponseApdu.of(StatusWord.OFFSET_PAST_END);
          }
          return ResponseApdu.done(file.read(offset, command.expected().getAsInt()));
        });
  }

  private ResponseApdu verify(CommandApdu command) {
    if (command.p1() != 0x00) {
      return ResponseApdu.of(StatusWord.WRONG_PARAMETERS);
    }
    return onFile(
        command.p2(),
        ElementaryFile.Pin.class,
        // Without data it only tells the tries left, even when the PIN is verified by now.
        pin ->
            command.hasData()
                ? verify(pin.digits(), command.data())
                : ResponseApdu.triesLeft(pin.digits().triesLeft()));
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

  boolean isVerified(PinReference pin) {
    return verified.contains(pin);
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
