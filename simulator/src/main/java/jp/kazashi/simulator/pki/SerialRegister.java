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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was issued and what became of it: a file that only grows, one line an event. A last line
 * that was cut off by a crash never happened.
 */
final class SerialRegister {
  private record Serial(Generation generation, BigInteger number) {}

  private final Path file;
  private final Map<Serial, Optional<Revocation>> serials = new HashMap<>();

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
        PemFile.write(file, whole.getBytes(US_ASCII));
      }
    }
    return register;
  }

  /** Takes a serial; false when it is taken already. */
  synchronized boolean issue(Generation generation, BigInteger number) {
    Serial serial = new Serial(generation, number);
    if (serials.containsKey(serial)) {
      return false;
    }
    append("issued " + generation + " " + number.toString(16));
    serials.put(serial, Optional.empty());
    return true;
  }

  synchronized void revoke(Generation generation, BigInteger number, Revocation revocation) {
    Serial serial = new Serial(generation, number);
    if (!serials.containsKey(serial)) {
      throw new IllegalArgumentException("Only what was issued can be revoked");
    }
    append(
        "revoked %s %s %s %s"
            .formatted(generation, number.toString(16), revocation.reason(), revocation.since()));
    serials.put(serial, Optional.of(revocation));
  }

  /** Empty when never issued; holding nothing when good. */
  synchronized Optional<Optional<Revocation>> find(Generation generation, BigInteger number) {
    return Optional.ofNullable(serials.get(new Serial(generation, number)));
  }

  private void replay(String line) {
    String[] words = line.split(" ", -1);
    Serial serial = new Serial(Generation.valueOf(words[1]), new BigInteger(words[2], 16));
    switch (words[0]) {
      case "issued" -> serials.put(serial, Optional.empty());
      case "revoked" ->
          serials.put(
              serial,
              Optional.of(
                  new Revocation(Revocation.Reason.valueOf(words[3]), Instant.parse(words[4]))));
      default -> throw new IllegalStateException(file + " has a line that is no event: " + line);
    }
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
