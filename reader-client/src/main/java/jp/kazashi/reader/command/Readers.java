package jp.kazashi.reader.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.kazashi.reader.card.CardPort;
import jp.kazashi.reader.card.pcsc.PcscReaders;
import jp.kazashi.reader.selftest.SelfTest;
import org.jspecify.annotations.Nullable;

/**
 * The readers a command can ask: the virtual ones where a world runs here, and those of this
 * machine.
 */
record Readers(Optional<PcscReaders> virtual, PcscReaders system, InstantSource clock) {

  private static final String KIOSK = "Kiosk";

  static Readers ofThisMachine(InstantSource real) throws Fault {
    PcscReaders system = PcscReaders.system();
    Optional<RunningWorld> running = RunningWorld.find(WorldHome.find());
    if (running.isEmpty()) {
      return new Readers(Optional.empty(), system, real);
    }
    RunningWorld world = running.get();
    Optional<PcscReaders> virtual = provider().map(jar -> virtual(jar, world));
    Duration offset = world.offset();
    return new Readers(virtual, system, () -> real.instant().plus(offset));
  }

  private static PcscReaders virtual(Path jar, RunningWorld world) {
    return PcscReaders.virtual(jar, world.simulator(), world.token());
  }

  /** The launcher says where the simulator's jar is. */
  private static Optional<Path> provider() {
    return Optional.ofNullable(System.getProperty("kazashi.card.provider"))
        .or(() -> Optional.ofNullable(System.getenv("KAZASHI_CARD_PROVIDER")))
        .map(Path::of)
        .filter(Files::exists);
  }

  CardPort port(@Nullable String name) {
    if (name == null) {
      return virtual.map(world -> world.reader(KIOSK)).orElseGet(system::firstReader);
    }
    return virtual
        .filter(world -> world.names().contains(name))
        .map(world -> world.reader(name))
        .orElseGet(() -> system.reader(name));
  }

  List<String> names() {
    return virtual.map(PcscReaders::names).orElseGet(system::names);
  }

  /** As the self-test sees them; one that was asked for by name has to be among them. */
  SelfTest.Readers forSelfTest(@Nullable String wanted) {
    List<String> names = names();
    return new SelfTest.Readers(
        SelfTest.Service.of(virtual.orElse(system), virtual.isPresent()),
        names,
        wanted == null || names.contains(wanted)
            ? Map.of()
            : Map.of(wanted, "none is named so; there are: " + String.join(", ", names)));
  }

  Instant now() {
    return clock.instant();
  }
}
