package jp.kazashi.simulator.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was issued, to whom, and what became of it: a file that only grows, one line an event. A
 * last line that was cut off by a crash never happened.
 */
final class SerialRegister {
  /** A status and since when it is the certificate's. */
  private record Change(SerialStatus to, Instant since) {}

  private static final class Entry {
    private final List<Change> changes = new ArrayList<>();
    private Optional<Holding> holding = Optional.empty();

    /** By the last change told that had come to pass by then. */
    SerialStatus at(Instant instant) {
      return changes.reversed().stream()
          .filter(change -> !change.since().isAfter(instant))
          .findFirst()
          .map(Change::to)
          .orElse(new SerialStatus.Good());
    }
  }

  private final Path file;
  private final Map<CertificateNumber, Entry> entries = new HashMap<>();
  private volatile long version;

  private SerialRegister(Path file) {
    this.file = file;
  }

  static SerialRegister open(Path file) throws IOException {
    SerialRegister register = new SerialRegister(file);
    if (Files.exists(file)) {
      String text = Files.readString(file, US_ASCII);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      whole.lines().forEach(register::replay);
      if (whole.length() < text.length()) {
        PrivateFile.write(file, whole);
      }
    }
    return register;
  }

  /** Takes a serial; false when it is taken already. */
  synchronized boolean issue(CertificateNumber number) {
    if (entries.containsKey(number)) {
      return false;
    }
    tell("issued " + words(number));
    return true;
  }

  /** Lists who holds it, in the place of what was listed. */
  synchronized void enrol(CertificateNumber number, Holding holding) {
    known(number);
    StringBuilder line = new StringBuilder("holder " + words(number) + " " + holding.personCode());
    holding.predecessors().forEach(each -> line.append(' ').append(words(each)));
    tell(line.toString());
  }

  synchronized void revoke(CertificateNumber number, Revocation revocation) {
    known(number);
    tell("revoked %s %s %s".formatted(words(number), revocation.reason(), revocation.since()));
  }

  synchronized void release(CertificateNumber number, Instant since) {
    known(number);
    tell("released %s %s".formatted(words(number), since));
  }

  synchronized SerialStatus status(CertificateNumber number, Instant at) {
    Entry entry = entries.get(number);
    return entry == null ? new SerialStatus.NeverIssued() : entry.at(at);
  }

  synchronized Optional<Holding> holding(CertificateNumber number) {
    Entry entry = entries.get(number);
    return entry == null ? Optional.empty() : entry.holding;
  }

  /** All that an issuer had revoked by then, by serial. */
  synchronized SortedMap<BigInteger, Revocation> revoked(Issuer issuer, Instant at) {
    SortedMap<BigInteger, Revocation> revoked = new TreeMap<>();
    entries.forEach((number, entry) -> {
      if (number.issuer() == issuer
          && entry.at(at) instanceof SerialStatus.Revoked(var revocation)) {
        revoked.put(number.serial(), revocation);
      }
    });
    return revoked;
  }

  /** Grows with every event. */
  long version() {
    return version;
  }

  private Entry known(CertificateNumber number) {
    Entry entry = entries.get(number);
    if (entry == null) {
      throw new IllegalArgumentException("The authority never issued this certificate");
    }
    return entry;
  }

  private synchronized void replay(String line) {
    String[] words = line.split(" ", -1);
    try {
      CertificateNumber number = number(words[1], words[2]);
      switch (words[0]) {
        case "issued" -> entries.put(number, new Entry());
        case "holder" -> known(number).holding = Optional.of(holding(words));
        case "revoked" -> {
          Revocation revocation =
              new Revocation(Revocation.Reason.valueOf(words[3]), Instant.parse(words[4]));
          known(number)
              .changes
              .add(new Change(new SerialStatus.Revoked(revocation), revocation.since()));
        }
        case "released" ->
            known(number).changes.add(new Change(new SerialStatus.Good(), Instant.parse(words[3])));
        default -> throw new IllegalArgumentException(words[0]);
      }
    } catch (RuntimeException strange) {
      throw new IllegalStateException(file + " has a line that is no event: " + line, strange);
    }
    version++;
  }

  private void tell(String line) {
    append(line);
    replay(line);
  }

  private static Holding holding(String[] words) {
    List<CertificateNumber> predecessors = new ArrayList<>();
    for (int i = 4; i < words.length; i += 2) {
      predecessors.add(number(words[i], words[i + 1]));
    }
    return new Holding(words[3], predecessors);
  }

  private static String words(CertificateNumber number) {
    return number.issuer() + " " + number.serial().toString(16);
  }

  private static CertificateNumber number(String issuer, String serial) {
    return new CertificateNumber(issuer(issuer), new BigInteger(serial, 16));
  }

  // Before phones and signatures, a generation of card authentication was all there was.
  private static Issuer issuer(String word) {
    return Arrays.stream(Generation.values())
        .filter(generation -> generation.name().equals(word))
        .findFirst()
        .map(generation -> Issuer.of(Issuer.Use.AUTHENTICATION, generation))
        .orElseGet(() -> Issuer.valueOf(word));
  }

  private void append(String line) {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = US_ASCII.encode(line + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
