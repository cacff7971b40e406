package jp.kazashi.simulator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The supervisor's life: check, start, feed, keep, and at the end stop everything. */
final class WorldRun {
  /** The first words of the line that says it; the one who detached waits for them. */
  static final String READY = "Ready in ";

  static final String INSTITUTION = "1312345670";

  private final WorldSettings settings;
  private final WorldHome home;
  private final PrintWriter out;
  private final Said said;
  private final boolean behind;
  private final InstantSource real;
  private final long begun = System.nanoTime();
  private volatile Runnable stopping = () -> {};
  private volatile boolean failed;

  WorldRun(
      WorldSettings settings,
      PrintWriter out,
      PrintWriter err,
      boolean behind,
      InstantSource real) {
    this.settings = settings;
    this.home = settings.home();
    this.out = out;
    this.said = new Said(out, err, behind);
    this.behind = behind;
    this.real = real;
  }

  int run(boolean fresh) {
    return run(fresh, Optional.empty());
  }

  int run(boolean fresh, Optional<PeopleWanted> people) {
    Preflight.room(home.folder(), folder -> Files.getFileStore(folder).getUsableSpace());
    WorldLock lock =
        WorldLock.take(home.lock())
            .orElseThrow(
                () -> new WorldTrouble("Another ./kazashi up was faster: ./kazashi status"));
    Path registration = register();
    Tether tether = Tether.ofThisMachine();
    // Ctrl-C, down and a failed start all come here.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> end(lock, registration, tether), "kazashi-end"));
    try {
      live(fresh, people, tether);
    } catch (RuntimeException failure) {
      failed = true;
      throw failure;
    }
    awaitForever();
    return 0;
  }

  private void end(WorldLock lock, Path registration, Tether tether) {
    try {
      stopping.run();
    } finally {
      tether.close();
      EmbeddedPrograms.delete(registration);
      lock.close();
    }
    if (!failed) {
      // Stopped as asked is a good end, whatever signal asked.
      Runtime.getRuntime().halt(0);
    }
  }

  private void live(boolean fresh, Optional<PeopleWanted> people, Tether tether) {
    // Before anything is thrown away: a world that cannot start loses nothing.
    Preflight.ports(Cast.ports(settings));
    if (fresh) {
      wipe();
    }
    sayIfUnreadable();
    Peopling peopling = new Peopling(settings, people, said);
    peopling.restoreImage();
    turnLogs();
    WorldKeys keys = WorldKeys.of(home.keys(), INSTITUTION, real.instant());
    Cast cast = new Cast(settings, keys, tether, peopling.count());
    Supervisor supervisor =
        new Supervisor(
            cast.stages(),
            RestartRule.usual(),
            System::nanoTime,
            new Printed(),
            pids -> write(cast, keys, pids));
    stopping = () -> stop(supervisor);
    said.line("Starting a world in " + home.folder());
    supervisor.start();
    peopling.load(keys.control(), cast::postgres);
    feed(keys);
    enterStaff(keys);
    said.line(READY + "%.1f s.".formatted((System.nanoTime() - begun) / 1e9));
    if (!behind) {
      Addresses.print(world(cast, keys, Map.of()), out);
      said.line("Ctrl-C stops everything.");
    }
  }

  private void wipe() {
    home.data().forEach(EmbeddedPrograms::delete);
    settings
        .databaseUrl()
        .ifPresent(yours ->
            said.line("The database of KAZASHI_DB_URL is yours: --fresh leaves it as it is."));
  }

  private void stop(Supervisor supervisor) {
    said.line("Stopping …");
    try {
      supervisor.stop();
    } finally {
      EmbeddedPrograms.delete(home.worldFile());
    }
  }

  private static void awaitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void sayIfUnreadable() {
    if (WorldFile.read(home.worldFile()) instanceof WorldFile.Unreadable(String why)) {
      said.line("The old world.json was ignored (" + why + ") and is written anew.");
    }
  }

  /** One earlier log of each part is kept. */
  private void turnLogs() {
    for (String part : List.of("postgres", "redis", "simulator", "gateway", "reader", "reader-2")) {
      Path log = home.log(part);
      try {
        Files.createDirectories(home.logs());
        if (Files.exists(log)) {
          Files.move(
              log, home.logs().resolve(part + ".before.log"), StandardCopyOption.REPLACE_EXISTING);
        }
      } catch (IOException failed) {
        throw new WorldTrouble(
            "Cannot write into " + home.logs() + ": " + failed.getMessage(), failed);
      }
    }
  }

  private void write(Cast cast, WorldKeys keys, Map<String, Long> pids) {
    try {
      world(cast, keys, pids).write(home.worldFile());
    } catch (IOException failed) {
      said.trouble("world.json cannot be written: " + failed.getMessage());
    }
  }

  private WorldFile world(Cast cast, WorldKeys keys, Map<String, Long> pids) {
    Map<String, Long> processes = new HashMap<>(pids);
    processes.put("supervisor", ProcessHandle.current().pid());
    return new WorldFile(
        WorldFile.VERSION,
        cast.addresses(),
        INSTITUTION,
        processes,
        new WorldFile.Exchange(
            home.exchange("req").toString(),
            home.exchange("res").toString(),
            home.exchange("face").toString()),
        keys.staff(),
        keys.control(),
        keys.roles(),
        keys.trust());
  }

  /** People, registrations and medicines go in as the insurer's feed; again is no harm. */
  private void feed(WorldKeys keys) {
    Control control =
        new Control(
            URI.create(Ports.http(settings.ports().control())),
            keys.control(),
            Duration.ofMinutes(2));
    try {
      JsonNode fed = Json.tree(control.ask("POST", "/feed", ""));
      fed.path("minted").forEach(card -> said.line("  " + card.asText()));
      fed.path("rejected").forEach(line -> said.trouble("not taken in: " + line.asText()));
    } catch (JsonProcessingException strange) {
      throw new WorldTrouble("The simulator's answer to the feed makes no sense.", strange);
    }
  }

  private void enterStaff(WorldKeys keys) {
    try {
      new StaffRoster(
              URI.create("https://127.0.0.1:" + settings.ports().gateway()),
              keys.operatorIdentity())
          .enter(INSTITUTION, keys.staff());
    } catch (IOException refused) {
      throw new WorldTrouble(
          "The demo staff could not be entered: " + refused.getMessage(), refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells the launcher which builds are in use: it replaces no program under a running world. */
  private Path register() {
    Path folder = settings.root().resolve(".kazashi").resolve("running");
    Path file = folder.resolve(Long.toString(ProcessHandle.current().pid()));
    try {
      Files.createDirectories(folder);
      Files.writeString(file, home.folder() + "\n");
    } catch (IOException readOnlyRoot) {
      // Then nobody can build there either.
      return file;
    }
    return file;
  }

  /** The supervisor's news, for people. */
  private final class Printed implements Supervisor.Told {
    @Override
    public void ready(String part, Duration took) {
      said.line("  %-10s ready in %.1f s".formatted(part, took.toMillis() / 1e3));
    }

    @Override
    public void died(String part, int code, Duration again) {
      said.trouble("the %s ended with code %d; starting it again.".formatted(part, code));
    }

    @Override
    public void failed(String part, String why, Duration again) {
      said.trouble(why + " Trying again.");
    }

    @Override
    public void again(String part) {
      said.trouble("the " + part + " runs again.");
    }

    @Override
    public void gaveUp(String part) {
      said.trouble(
          "THE "
              + part.toUpperCase(Locale.ROOT)
              + " DIED AGAIN AND AGAIN and is not started any more; see "
              + home.log(part)
              + ". The rest keeps running. Then: ./kazashi down && ./kazashi up");
    }
  }
}
