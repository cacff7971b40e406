package jp.kazashi.simulator.world;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a whole world. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Builds what is stale and starts the whole world: PostgreSQL, Redis, simulator, gateway and"
          + " reader.",
      "Stays in front; Ctrl-C stops everything."
    })
final class UpCommand extends WorldCommand.Asking {
  @Option(names = "--detach", description = "go on in the background; ./kazashi down stops it")
  boolean detach;

  @Option(names = "--fresh", description = "wipe all data of the world first")
  boolean fresh;

  @Option(
      names = "--people",
      paramLabel = "N",
      description =
          "a made-up population of N people with five years of records; interrupted, it goes on at"
              + " the next start, and its database is kept for fresh starts")
  Optional<Integer> people = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "what the population is made from (default: 1)")
  long seed = 1;

  @Option(
      names = "--face",
      paramLabel = "scripted|real",
      description =
          "scripted: nobody is compared with anybody, and screens say so; real: the networks of"
              + " ./kazashi face install compare file cameras with portraits")
  String face = "scripted";

  @Option(
      names = "--faces",
      paramLabel = "DIR",
      description =
          "for --face real: CARD.jp2 is the portrait of a card, CARD/ holds the photographs that"
              + " its camera sees (docs/face.md)")
  Optional<Path> faces = Optional.empty();

  @Option(
      names = "--terminals",
      paramLabel = "1|2",
      description =
          "how many terminals: the second has readers Kiosk-2 and Phone-2, and a kiosk and a desk"
              + " of its own")
  int terminals = 1;

  @Option(
      names = "--behind",
      hidden = true,
      description = "this is the part of --detach that stays")
  boolean behind;

  @Override
  public Integer call() {
    refuseUnknownWishes();
    Optional<PeopleWanted> wanted = people.map(count -> PeopleWanted.of(count, seed));
    WorldSettings settings = WorldSettings.of(environment());
    settings.requireServers();
    Optional<Long> running = WorldLock.holder(settings.home().lock());
    if (running.isPresent()) {
      return alreadyRuns(settings, running.get());
    }
    if (detach) {
      return new Detached(settings, out(), spec.commandLine().getErr()).start(fresh, wanted);
    }
    return new WorldRun(
            settings, out(), spec.commandLine().getErr(), behind, InstantSource.system())
        .run(fresh, wanted);
  }

  /** Faces and terminals are this command's word, or that of the one it detached from. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (face.equals("real")) {
      Path folder =
          faces.orElseThrow(() ->
              new WorldTrouble(
                  "--face real needs portraits and photographs: --faces DIR (docs/face.md)."));
      if (!Files.isDirectory(folder)) {
        throw new WorldTrouble("--faces " + folder + " is no folder. See docs/face.md");
      }
      environment.put(WorldSettings.FACES, folder.toAbsolutePath().toString());
    } else if (!behind) {
      environment.remove(WorldSettings.FACES);
    }
    if (!behind) {
      environment.put(WorldSettings.TERMINALS, Integer.toString(terminals));
    }
    return environment;
  }

  private int alreadyRuns(WorldSettings settings, long pid) {
    out().println("A world already runs here (process " + pid + "); nothing was changed.");
    if (WorldFile.read(settings.home().worldFile()) instanceof WorldFile.Found(WorldFile world)
        && !behind) {
      Addresses.print(world, out());
    }
    return 0;
  }

  private void refuseUnknownWishes() {
    if (!face.equals("scripted") && !face.equals("real")) {
      throw new WorldTrouble("--face is scripted or real, not '" + face + "'.");
    }
    if (terminals != 1 && terminals != 2) {
      throw new WorldTrouble("--terminals is 1 or 2, not " + terminals + ".");
    }
  }
}
