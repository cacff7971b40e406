package jp.kazashi.reader.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import jp.kazashi.consent.desk.StaffDoor.Deed;
import jp.kazashi.consent.desk.StaffDoor.Doing;
import jp.kazashi.reader.link.WireJson;

/**
 * What staff did and saw at this terminal: who, what, of which check, and the receipt that finds it
 * in the gateway's audit. No name of a patient gets here.
 */
final class Diary {

  private static final int REMEMBERED = 1_000;

  private final Optional<Path> file;
  private final InstantSource world;
  private final ObjectMapper json = WireJson.mapper();
  private final Deque<Deed> deeds = new ArrayDeque<>();

  Diary(Optional<Path> file, InstantSource world) {
    this.file = file;
    this.world = world;
    file.ifPresent(this::load);
  }

  synchronized void note(String login, Doing what, String about, String receipt) {
    Deed deed = new Deed(world.instant(), login, what, about, receipt);
    remember(deed);
    file.ifPresent(path -> append(path, deed));
  }

  /** With the receipt that the answer carries. */
  void note(String login, Doing what, String about, JsonNode answer) {
    JsonNode receipt = answer.path("receipt");
    note(
        login,
        what,
        about,
        receipt.isObject()
            ? receipt.path("chain").asText() + "/" + receipt.path("number").asText()
            : "");
  }

  /** Newest first. */
  synchronized List<Deed> deeds() {
    return List.copyOf(deeds);
  }

  private void remember(Deed deed) {
    deeds.addFirst(deed);
    if (deeds.size() > REMEMBERED) {
      deeds.removeLast();
    }
  }

  private void append(Path path, Deed deed) {
    try {
      Files.writeString(
          path,
          json.writeValueAsString(deed) + "\n",
          UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException unwritable) {
      // The gateway's audit has it; this list is for the eye, and the self-test shows the disk.
    }
  }

  private void load(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(path, UTF_8);
      List<String> kept = lines.subList(Math.max(0, lines.size() - REMEMBERED), lines.size());
      for (String line : kept) {
        read(line).ifPresent(this::remember);
      }
      if (kept.size() < lines.size()) {
        Files.write(path, kept, UTF_8);
      }
    } catch (IOException unreadable) {
      // As above.
    }
  }

  private Optional<Deed> read(String line) {
    try {
      return Optional.of(json.readValue(line, Deed.class));
    } catch (JsonProcessingException halfWritten) {
      return Optional.empty();
    }
  }
}
