package jp.kazashi.simulator.world;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What must be so before anything is started. */
final class Preflight {
  static final long NEEDED_BYTES = 500L * 1024 * 1024;

  /** How much room a folder has. */
  interface Room {
    long usableBytes(Path folder) throws IOException;
  }

  private Preflight() {}

  static void room(Path folder, Room room) {
    try {
      Files.createDirectories(folder);
      long usable = room.usableBytes(folder);
      if (usable < NEEDED_BYTES) {
        throw new WorldTrouble(
            "There are only %d MB left for %s, and a world needs 500: free some, or set KAZASHI_HOME to another disk."
                .formatted(usable / (1024 * 1024), folder));
      }
    } catch (IOException failed) {
      throw new WorldTrouble(
          "Cannot use "
              + folder
              + ": "
              + failed.getMessage()
              + ". Set KAZASHI_HOME to a folder"
              + " that can be written.",
          failed);
    }
  }

  /** Every port must be free; says which is not, and whose it is where that can be seen. */
  static void ports(Map<Integer, String> wanted) {
    wanted.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> port(entry.getKey(), entry.getValue()));
  }

  private static void port(int port, String use) {
    try {
      new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1")).close();
    } catch (BindException taken) {
      throw new WorldTrouble(
          "Port %d (%s) is taken%s. End that, or choose another base: KAZASHI_PORT=9440 ./kazashi up"
              .formatted(port, use, holder(port).map(who -> " by " + who).orElse("")),
          taken);
    } catch (IOException failed) {
      throw new WorldTrouble(
          "Cannot listen on 127.0.0.1:" + port + " (" + use + "): " + failed.getMessage(), failed);
    }
  }

  private static Optional<String> holder(int port) {
    Optional<Long> pid = socketOf(port).flatMap(Preflight::ownerOf);
    if (pid.isEmpty() && Tether.isOnPath("lsof")) {
      String said = Tether.run("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN").strip();
      pid = said.lines().findFirst().filter(line -> line.matches("\\d{1,18}")).map(Long::valueOf);
    }
    return pid.map(number ->
        "process "
            + number
            + ProcessHandle.of(number)
                .flatMap(process -> process.info().command())
                .map(command -> " (" + Path.of(command).getFileName() + ")")
                .orElse(""));
  }

  /** The inode of the listening socket (proc(5): state 0A is LISTEN). */
  private static Optional<String> socketOf(int port) {
    String suffix = ":%04X".formatted(port);
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      try (Stream<String> lines = Files.lines(Path.of(table))) {
        Optional<String> inode =
            lines
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length > 9 && row[1].endsWith(suffix) && row[3].equals("0A"))
                .map(row -> row[9])
                .findFirst();
        if (inode.isPresent()) {
          return inode;
        }
      } catch (IOException noSuchTable) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Long> ownerOf(String inode) {
    String socket = "socket:[" + inode + "]";
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), socket))
        .map(ProcessHandle::pid)
        .findFirst();
  }

  private static boolean holds(long pid, String socket) {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.anyMatch(descriptor -> {
        try {
          return Files.readSymbolicLink(descriptor).toString().equals(socket);
        } catch (IOException gone) {
          return false;
        }
      });
    } catch (IOException notOurs) {
      return false;
    }
  }
}
