package jp.kazashi.reader.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import jp.kazashi.jpki.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What this terminal recorded while the line was down: sealed for the gateway, numbered in a chain,
 * on disk before anybody is told that it is recorded. A line of the file is written whole or not at
 * all; what a kill left half is cut off, and what somebody changed is noticed.
 */
public final class DegradedQueue {

  public static final int MOST_RECORDS = 2_000;
  public static final Duration LONGEST = Duration.ofDays(3);

  private static final String FIRST = "0".repeat(64);

  private final Path file;
  private final Owner owner;
  private final InstantSource world;
  private final int most;
  private final ObjectMapper json = WireJson.mapper();
  private final SortedMap<Long, Entry> entries = new TreeMap<>();
  private UUID chain;
  private long number;
  private long last;
  private String head = FIRST;

  private DegradedQueue(Path file, Owner owner, InstantSource world, UUID fresh, int most) {
    this.most = most;
    this.file = file;
    this.owner = owner;
    this.world = world;
    this.chain = fresh;
  }

  /** Whose records these are; bound into each of them. */
  public record Owner(String institution, String terminal) {}

  /** What the gateway gave to seal with. */
  public record Key(String id, Octets publicKey) {}

  /**
   * A sealed record.
   *
   * @param id its name at this terminal; numbers begin anew with a chain
   */
  public record Entry(
      long id, Instant at, String keyId, UUID chain, long number, String previous, String sealed) {}

  /** What became of a recording. */
  public sealed interface Kept {
    record Recorded(long id) implements Kept {}

    /** No more of them are judged, so no more are taken. */
    record Full() implements Kept {}

    record NotWritten(String why) implements Kept {}
  }

  /** Opens what is there, or begins a chain of a fresh name. */
  public static DegradedQueue open(
      Path file, Owner owner, InstantSource world, Supplier<UUID> names) throws IOException {
    return open(file, owner, world, names, MOST_RECORDS);
  }

  static DegradedQueue open(
      Path file, Owner owner, InstantSource world, Supplier<UUID> names, int most)
      throws IOException {
    DegradedQueue queue = new DegradedQueue(file, owner, world, names.get(), most);
    queue.load(names);
    return queue;
  }

  /** How many records nobody has settled, seen by whoever does not keep the queue. */
  public static int unsettledIn(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    ObjectMapper json = WireJson.mapper();
    Set<Long> unsettled = new HashSet<>();
    for (String text : wholeLines(file)) {
      Line line = json.readValue(text, Line.class);
      if (line.record() != null) {
        unsettled.add(line.record().id());
      }
      if (line.settled() != null) {
        unsettled.remove(line.settled());
      }
    }
    return unsettled.size();
  }

  /** Seals and keeps it; it is on disk when this returns. */
  public synchronized Kept keep(Key key, byte[] plain) {
    Instant now = world.instant();
    if (entries.values().stream().filter(one -> one.at().isAfter(now.minus(LONGEST))).count()
        >= most) {
      return new Kept.Full();
    }
    RecordSeal.Place place =
        new RecordSeal.Place(
            key.id(), owner.institution(), owner.terminal(), chain, number + 1, head);
    byte[] sealed = RecordSeal.seal(key.publicKey(), place, plain);
    Entry entry =
        new Entry(
            last + 1,
            now,
            key.id(),
            chain,
            number + 1,
            head,
            Base64.getEncoder().encodeToString(sealed));
    try {
      append(new Line(entry, null, null));
    } catch (IOException full) {
      return new Kept.NotWritten(full.getClass().getSimpleName());
    }
    number++;
    last++;
    head = RecordSeal.digest(place, sealed);
    entries.put(last, entry);
    return new Kept.Recorded(last);
  }

  /** All that nobody has settled, oldest first. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** Staff have dealt with it, or there is nothing to deal with: it is forgotten here. */
  public synchronized void settle(long settled) throws IOException {
    if (entries.containsKey(settled)) {
      append(new Line(null, settled, null));
      entries.remove(settled);
    }
  }

  // ---------------------------------------------------------------- on disk

  /** One line of the file: a record, that one was settled, or where the chain stands. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Line(
      @Nullable Entry record, @Nullable Long settled, @Nullable Standing standing) {}

  /** Where a chain stands whose records are gone. */
  private record Standing(UUID chain, long number, String head, long last) {}

  private void append(Line line) throws IOException {
    byte[] bytes = (json.writeValueAsString(line) + "\n").getBytes(UTF_8);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = out.size();
      try {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        out.position(end);
        while (rest.hasRemaining()) {
          int _ = out.write(rest);
        }
        out.force(true);
      } catch (IOException half) {
        out.truncate(end);
        throw half;
      }
    }
  }

  private void load(Supplier<UUID> names) throws IOException {
    if (!Files.exists(file)) {
      PrivateFile.create(file);
      append(new Line(null, null, new Standing(chain, 0, FIRST, 0)));
      return;
    }
    List<String> lines = wholeLines(file);
    if (lines.stream().allMatch(this::take)) {
      compact();
    } else {
      setAside(names.get());
    }
  }

  /** What a kill left half of the last line is no record. */
  private static List<String> wholeLines(Path file) throws IOException {
    String all = Files.readString(file, UTF_8);
    int end = all.lastIndexOf('\n') + 1;
    return all.substring(0, end).lines().toList();
  }

  private boolean take(String text) {
    try {
      Line line = json.readValue(text, Line.class);
      if (line.standing() != null) {
        chain = line.standing().chain();
        number = line.standing().number();
        head = line.standing().head();
        last = line.standing().last();
        return true;
      }
      if (line.settled() != null) {
        entries.remove(line.settled());
        return true;
      }
      return line.record() != null && follows(line.record());
    } catch (JsonProcessingException | IllegalArgumentException changed) {
      return false;
    }
  }

  private boolean follows(Entry entry) {
    if (!entry.chain().equals(chain)
        || entry.number() <= number
        || entry.id() <= last
        || (entry.number() == number + 1 && !entry.previous().equals(head))) {
      return false;
    }
    RecordSeal.Place place =
        new RecordSeal.Place(
            entry.keyId(),
            owner.institution(),
            owner.terminal(),
            chain,
            entry.number(),
            entry.previous());
    number = entry.number();
    last = entry.id();
    head = RecordSeal.digest(place, Base64.getDecoder().decode(entry.sealed()));
    entries.put(last, entry);
    return true;
  }

  /** The file as it was stays beside; what was whole is kept, and a new chain begins. */
  private void setAside(UUID fresh) throws IOException {
    Files.copy(
        file,
        file.resolveSibling(file.getFileName() + ".damaged"),
        StandardCopyOption.REPLACE_EXISTING);
    compact();
    chain = fresh;
    number = 0;
    head = FIRST;
    append(new Line(null, null, new Standing(chain, number, head, last)));
  }

  /** The settled ones are left out; the chain goes on where it stood. */
  private void compact() throws IOException {
    List<Line> kept = new ArrayList<>();
    UUID before = null;
    for (Entry entry : entries.values()) {
      if (!entry.chain().equals(before)) {
        before = entry.chain();
        kept.add(
            new Line(
                null,
                null,
                new Standing(before, entry.number() - 1, entry.previous(), entry.id() - 1)));
      }
      kept.add(new Line(entry, null, null));
    }
    kept.add(new Line(null, null, new Standing(chain, number, head, last)));
    StringBuilder text = new StringBuilder();
    for (Line line : kept) {
      text.append(json.writeValueAsString(line)).append('\n');
    }
    PrivateFile.replace(file, text.toString());
  }
}
