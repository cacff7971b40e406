package jp.kazashi.simulator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.simulator.population.Population;
import jp.kazashi.simulator.population.PopulationLoad;

/** Loading a population on demand, and what is true of its people. */
final class PopulationControl {
  private static final long TELL_EVERY_MILLIS = 250;

  private final Path folder;
  private final InstantSource clock;
  private final PopulationLoad.Send send;
  private final PopulationCards cards;
  private Optional<PopulationLoad> running = Optional.empty();

  /**
   * @param folder where it is noted what was asked for and how far it is
   */
  PopulationControl(
      Path folder, InstantSource clock, PopulationLoad.Send send, PopulationCards cards) {
    this.folder = folder;
    this.clock = clock;
    this.send = send;
    this.cards = cards;
  }

  void addTo(Router router) {
    router.post("/population").handler(this::load);
    router
        .get("/population/people/:index")
        .handler(context -> Replies.apart(context, () -> truth(context)));
    router
        .post("/population/people/:index/card")
        .handler(context ->
            Replies.apart(
                context, () -> cards.draw(population(), index(context), clock.instant(), send)));
  }

  /** Answers with lines that tell how far it is, until it is done or failed. */
  private void load(RoutingContext context) {
    try {
      JsonNode asked = Json.tree(Optional.ofNullable(context.body().asString()).orElse(""));
      PeopleWanted wanted =
          PeopleWanted.of(asked.path("people").asInt(), asked.path("seed").asLong());
      PopulationLoad load = start(wanted);
      HttpServerResponse response = context.response();
      response.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
      tell(load, response);
      context
          .vertx()
          .setPeriodic(
              TELL_EVERY_MILLIS,
              timer -> {
                if (response.closed() || response.ended()) {
                  context.vertx().cancelTimer(timer);
                } else {
                  tell(load, response);
                }
              });
    } catch (JsonProcessingException noJson) {
      Replies.refuse(context, 400, "The body is no JSON.");
    } catch (WorldTrouble trouble) {
      Replies.refuse(context, 409, trouble.line());
    } catch (IOException failed) {
      Replies.refuse(context, 500, "Cannot write into " + folder + ": " + failed);
    }
  }

  private static void tell(PopulationLoad load, HttpServerResponse response) {
    PopulationLoad.Progress progress = load.progress();
    response.write(Json.line(told(progress)) + "\n");
    if (progress.state() != PopulationLoad.State.RUNNING) {
      response.end();
    }
  }

  /** One at a time; who asks for the one that runs, follows it. */
  private synchronized PopulationLoad start(PeopleWanted wanted) throws IOException {
    Population population = PopulationNote.agree(folder, wanted, today());
    Optional<PopulationLoad> now =
        running.filter(load -> load.progress().state() == PopulationLoad.State.RUNNING);
    if (now.isPresent()) {
      return now.get();
    }
    PopulationLoad load =
        new PopulationLoad(population, PopulationNote.done(folder), send, System::nanoTime);
    running = Optional.of(load);
    Thread.ofPlatform().name("population").start(() -> run(load));
    return load;
  }

  private static void run(PopulationLoad load) {
    try {
      load.run();
    } catch (IOException | RuntimeException failed) {
      SimulatorLog.event("population-failed", Map.of("error", String.valueOf(failed)));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    PopulationLoad.Progress progress = load.progress();
    SimulatorLog.event("population", told(progress));
  }

  private static Map<String, Object> told(PopulationLoad.Progress progress) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("state", progress.state().name());
    told.put("people", progress.people());
    told.put("of", progress.of());
    told.put("resumed", progress.resumed());
    told.put("records", progress.records());
    told.put("rejected", progress.rejected());
    told.put("seconds", progress.seconds());
    progress.trouble().ifPresent(why -> told.put("trouble", why));
    return told;
  }

  private Map<String, Object> truth(RoutingContext context) {
    return population().truth(index(context));
  }

  private Population population() {
    return PopulationNote.read(folder)
        .orElseThrow(() ->
            new WorldTrouble("This world has no population: ./kazashi up --fresh --people N"));
  }

  private static int index(RoutingContext context) {
    String index = context.pathParam("index");
    if (!index.matches("\\d{1,7}")) {
      throw new IllegalArgumentException("People are numbered from 0.");
    }
    return Integer.parseInt(index);
  }

  private LocalDate today() {
    return clock.instant().atZone(ClockChange.TOKYO).toLocalDate();
  }
}
