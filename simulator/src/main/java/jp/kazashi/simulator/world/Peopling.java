package jp.kazashi.simulator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import jp.kazashi.simulator.population.Population;
import org.jspecify.annotations.Nullable;

/** {@code up --people N}: a saved image where there is one, else loading with progress. */
final class Peopling {
  private static final double LINE_EVERY_SECONDS = 5;
  private static final int BAR = 24;

  private final WorldSettings settings;
  private final Optional<PeopleWanted> wanted;
  private final Said said;
  private double lastLine;

  Peopling(WorldSettings settings, Optional<PeopleWanted> wanted, Said said) {
    this.settings = settings;
    this.wanted = wanted;
    this.said = said;
  }

  /** How many people this world has or will have. */
  int count() {
    return wanted
        .map(PeopleWanted::count)
        .or(() -> PopulationNote.read(settings.home().population()).map(Population::people))
        .orElse(0);
  }

  /** Before anything is started, and only where there is no database yet. */
  void restoreImage() {
    if (wanted.isEmpty() || Files.exists(settings.home().postgres()) || !ownDatabase()) {
      return;
    }
    WorldImage image = image(wanted.get());
    if (image.isThere()) {
      long begun = System.nanoTime();
      image.restore();
      said.line(
          "  population  taken from its saved image in %.1f s"
              .formatted((System.nanoTime() - begun) / 1e9));
    }
  }

  /**
   * Loads what is wanted and not there, and keeps an image of what it took time to load.
   *
   * @param database of this world, if it is its own
   */
  void load(String token, Supplier<Optional<EmbeddedPostgres>> database) {
    if (wanted.isEmpty()) {
      return;
    }
    JsonNode end = follow(wanted.get(), token);
    if (!end.path("state").asText().equals("DONE")) {
      throw new WorldTrouble(
          "The population was not loaded whole (%s). It goes on where it stopped: ./kazashi up --people %d"
              .formatted(end.path("trouble").asText(), wanted.get().count()));
    }
    if (end.path("resumed").asInt() == end.path("of").asInt()) {
      said.line("  population  %,d people are there".formatted(end.path("of").asInt()));
      return;
    }
    double seconds = Math.max(end.path("seconds").asDouble(), 0.001);
    long records = end.path("records").asLong();
    said.line(
        String.format(
            Locale.ROOT,
            "  population  %,d people, %,d records, %,.0f records/s",
            end.path("people").asInt(),
            records,
            records / seconds));
    database.get().ifPresent(server -> save(wanted.get(), server));
  }

  private void save(PeopleWanted people, EmbeddedPostgres server) {
    long begun = System.nanoTime();
    WorldImage image = image(people);
    try {
      Optional<String> skipped = image.save(server);
      said.line(
          skipped
              .map(why -> "  population  not saved as an image: " + why)
              .orElseGet(() ->
                  "  population  saved for the next fresh start in %.1f s"
                      .formatted((System.nanoTime() - begun) / 1e9)));
    } catch (WorldTrouble trouble) {
      // The world is whole without it.
      said.trouble(trouble.line());
    }
  }

  private JsonNode follow(PeopleWanted people, String token) {
    Control control =
        new Control(
            URI.create(Ports.http(settings.ports().control())), token, Duration.ofMinutes(2));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("people", people.count());
    body.put("seed", people.seed());
    AtomicReference<@Nullable JsonNode> last = new AtomicReference<>();
    control.follow(
        "POST",
        "/population",
        Json.line(body),
        line -> {
          try {
            JsonNode progress = Json.tree(line);
            last.set(progress);
            tell(progress);
          } catch (JsonProcessingException strange) {
            throw new WorldTrouble("The simulator's progress makes no sense.", strange);
          }
        });
    return Optional.ofNullable(last.get())
        .orElseThrow(() -> new WorldTrouble("The simulator told nothing of the population."));
  }

  private void tell(JsonNode progress) {
    double seconds = progress.path("seconds").asDouble();
    boolean due = said.onTerminal() || seconds - lastLine >= LINE_EVERY_SECONDS;
    if (!due || !progress.path("state").asText().equals("RUNNING")) {
      return;
    }
    lastLine = seconds;
    said.progress(bar(progress, seconds));
  }

  private static String bar(JsonNode progress, double seconds) {
    int people = progress.path("people").asInt();
    int of = progress.path("of").asInt();
    long records = progress.path("records").asLong();
    int now = people - progress.path("resumed").asInt();
    int filled = (int) ((long) BAR * people / of);
    String remaining =
        now == 0 ? "" : ", %s remaining".formatted(duration(seconds * (of - people) / now));
    return String.format(
        Locale.ROOT,
        "  population  [%s%s] %,d of %,d people, %,d records, %,.0f records/s%s",
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        people,
        of,
        records,
        seconds == 0 ? 0 : records / seconds,
        remaining);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 120 ? whole + " s" : (whole / 60) + " min";
  }

  private boolean ownDatabase() {
    return settings.databaseUrl().isEmpty();
  }

  private WorldImage image(PeopleWanted people) {
    return new WorldImage(settings.root(), settings.home(), people);
  }
}
