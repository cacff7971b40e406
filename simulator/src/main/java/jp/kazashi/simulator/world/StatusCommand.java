package jp.kazashi.simulator.world;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** What runs, where, healthy or not. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "What runs, where, healthy or not. Exit 0: all is well; 3: not.")
final class StatusCommand extends WorldCommand.Asking {
  @Option(names = "--json", description = "as JSON")
  boolean json;

  /** One part as it is now. */
  record PartStatus(String state, long pid, String address) {
    boolean isWell() {
      return !state.equals("ILL");
    }
  }

  /** The whole. */
  record Status(String state, Map<String, PartStatus> parts) {}

  @Override
  public Integer call() {
    Status status = look(WorldSettings.of(System.getenv()).home());
    if (json) {
      out().println(Json.pretty(status));
    } else {
      print(status);
    }
    return status.state().equals("WELL") ? 0 : 3;
  }

  private void print(Status status) {
    switch (status.state()) {
      case "DOWN" -> out().println("No world runs here. Start one: ./kazashi up --detach");
      case "STARTING" -> out().println("The world is starting: ask again in a moment.");
      default ->
          status
              .parts()
              .forEach((name, part) ->
                  out()
                      .printf(
                          "%-11s %s  %-9s %s%n",
                          name,
                          Ansi.AUTO.string(
                              part.isWell()
                                  ? "@|green %-8s|@"
                                      .formatted(part.state().toLowerCase(Locale.ROOT))
                                  : "@|bold,red %-8s|@".formatted("ill")),
                          part.pid() == 0 ? "-" : Long.toString(part.pid()),
                          part.address()));
    }
  }

  static Status look(WorldHome home) {
    if (WorldLock.holder(home.lock()).isEmpty()) {
      return new Status("DOWN", Map.of());
    }
    if (!(WorldFile.read(home.worldFile()) instanceof WorldFile.Found(WorldFile world))) {
      return new Status("STARTING", Map.of());
    }
    Map<String, PartStatus> parts = new LinkedHashMap<>();
    parts.put(
        "supervisor", new PartStatus("WELL", pid(world, "supervisor"), home.folder().toString()));
    for (String server : List.of("postgres", "redis")) {
      Optional<ServerAddress> address = ServerAddress.of(address(world, server));
      boolean well = address.map(Readiness::listens).orElse(false);
      // An external server has no process of ours.
      String state = !well ? "ILL" : world.processes().containsKey(server) ? "WELL" : "EXTERNAL";
      parts.put(
          server,
          new PartStatus(
              state, pid(world, server), address.map(ServerAddress::toString).orElse("")));
    }
    parts.put("simulator", asked(world, "simulator", "simulator", "/health"));
    parts.put("gateway", asked(world, "gateway", "management", "/q/health/ready"));
    parts.put("reader", asked(world, "reader", "kiosk", "/health"));
    if (world.addresses().containsKey("kiosk-2")) {
      parts.put("reader-2", asked(world, "reader-2", "kiosk-2", "/health"));
    }
    boolean well = parts.values().stream().allMatch(PartStatus::isWell);
    return new Status(well ? "WELL" : "ILL", parts);
  }

  private static PartStatus asked(WorldFile world, String part, String at, String health) {
    boolean well = Readiness.isWell(URI.create(address(world, at) + health));
    return new PartStatus(
        well ? "WELL" : "ILL",
        pid(world, part),
        address(world, part.startsWith("reader") ? at : part));
  }

  private static String address(WorldFile world, String name) {
    return Optional.ofNullable(world.addresses().get(name)).orElse("");
  }

  private static long pid(WorldFile world, String part) {
    return Optional.ofNullable(world.processes().get(part)).orElse(0L);
  }
}
