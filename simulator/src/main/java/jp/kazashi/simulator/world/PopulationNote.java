package jp.kazashi.simulator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.simulator.pki.PrivateFile;
import jp.kazashi.simulator.population.Population;

/**
 * Which population a world has, in a file of its own: the day it is made for is the day its loading
 * began, however long that takes and whenever it goes on.
 */
final class PopulationNote {
  private PopulationNote() {}

  static Path done(Path folder) {
    return folder.resolve("towns");
  }

  static Optional<Population> read(Path folder) {
    Path file = file(folder);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode note = Json.tree(Files.readString(file));
      if (note.path("version").asInt() != Population.VERSION) {
        throw new WorldTrouble(
            "The population of this world was made by another version: start anew with ./kazashi up"
                + " --fresh --people N");
      }
      return Optional.of(
          new Population(
              note.path("seed").asLong(),
              note.path("people").asInt(),
              LocalDate.parse(note.path("day").asText())));
    } catch (JsonProcessingException damaged) {
      throw new WorldTrouble(file + " is damaged: start anew with ./kazashi up --fresh", damaged);
    } catch (IOException failed) {
      throw new WorldTrouble("Cannot read " + file + ": " + failed.getMessage(), failed);
    }
  }

  /** The population of this folder, which must be the one that is wanted; or a new one. */
  static Population agree(Path folder, PeopleWanted wanted, LocalDate today) throws IOException {
    Optional<Population> known = read(folder);
    if (known.isPresent()) {
      Population population = known.get();
      if (population.people() != wanted.count() || population.seed() != wanted.seed()) {
        throw new WorldTrouble(
            "This world has a population of %d people (seed %d). For another one: ./kazashi up --fresh --people %d"
                .formatted(population.people(), population.seed(), wanted.count()));
      }
      return population;
    }
    Population population = new Population(wanted.seed(), wanted.count(), today);
    PrivateFile.createFolder(folder);
    PrivateFile.write(file(folder), Json.pretty(note(population)) + "\n");
    return population;
  }

  private static Map<String, Object> note(Population population) {
    Map<String, Object> note = new LinkedHashMap<>();
    note.put("version", Population.VERSION);
    note.put("people", population.people());
    note.put("seed", population.seed());
    note.put("day", population.day().toString());
    return note;
  }

  private static Path file(Path folder) {
    return folder.resolve("population.json");
  }
}
