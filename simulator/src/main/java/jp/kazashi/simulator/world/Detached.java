package jp.kazashi.simulator.world;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the supervisor in a session of its own and shows its progress until it is ready. */
final class Detached {
  private static final String TROUBLE = "kazashi: ";

  private final WorldSettings settings;
  private final PrintWriter out;
  private final PrintWriter err;

  Detached(WorldSettings settings, PrintWriter out, PrintWriter err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  int start(boolean fresh, Optional<PeopleWanted> people) {
    Path log = settings.home().log("world");
    try {
      Path folder = log.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.deleteIfExists(log);
      Files.createFile(log);
      ProcessBuilder start = new ProcessBuilder(command(fresh, people));
      settings
          .faces()
          .ifPresent(real -> start.environment().put(WorldSettings.FACES, real.toString()));
      start.environment().put(WorldSettings.TERMINALS, Integer.toString(settings.terminals()));
      Process supervisor =
          start
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
      return follow(supervisor, log);
    } catch (IOException failed) {
      throw new WorldTrouble(
          "Cannot start in the background: " + failed.getMessage() + ". Try ./kazashi up", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new WorldTrouble("Stopped watching; the world goes on: ./kazashi status", stopped);
    }
  }

  private static List<String> command(boolean fresh, Optional<PeopleWanted> people) {
    // A terminal's Ctrl-C and hang-up are not for it.
    List<String> command =
        new ArrayList<>(
            Tether.isOnPath("setsid")
                ? List.of("setsid")
                : List.of("sh", "-c", "trap '' HUP INT; exec \"$@\"", "detached"));
    command.addAll(
        List.of(
            JavaPart.javaProgram().toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            WorldCommand.class.getName(),
            "up",
            "--behind"));
    if (fresh) {
      command.add("--fresh");
    }
    people.ifPresent(wanted ->
        command.addAll(
            List.of(
                "--people",
                Integer.toString(wanted.count()),
                "--seed",
                Long.toString(wanted.seed()))));
    return command;
  }

  private int follow(Process supervisor, Path log) throws IOException, InterruptedException {
    try (RandomAccessFile said = new RandomAccessFile(log.toFile(), "r")) {
      boolean ended;
      do {
        ended = supervisor.waitFor(30, TimeUnit.MILLISECONDS);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          String text =
              new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
          say(text);
          if (text.startsWith(WorldRun.READY)) {
            return ready();
          }
        }
      } while (!ended);
    }
    return supervisor.exitValue();
  }

  /** Both of its streams come in one log; what is wrong is told apart again by its first word. */
  private void say(String text) {
    PrintWriter where = text.startsWith(TROUBLE) ? err : out;
    where.println(text);
    where.flush();
  }

  private int ready() {
    if (WorldFile.read(settings.home().worldFile()) instanceof WorldFile.Found(WorldFile world)) {
      Addresses.print(world, out);
    }
    out.println("It goes on in the background: ./kazashi status, ./kazashi down");
    return 0;
  }
}
