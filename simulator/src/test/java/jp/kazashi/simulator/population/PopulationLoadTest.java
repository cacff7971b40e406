package jp.kazashi.simulator.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PopulationLoadTest {
  private static final Population POPULATION =
      new Population(1, 4 * Town.SIZE - 100, LocalDate.of(2026, 11, 26));

  @TempDir Path folder;

  @Test
  void everyTownIsSentWithItsPeopleFirst() throws Exception {
    Receiver receiver = new Receiver(() -> false);
    PopulationLoad load = load(receiver);
    load.run();
    PopulationLoad.Progress progress = load.progress();
    assertThat(progress.state()).isEqualTo(PopulationLoad.State.DONE);
    assertThat(progress.people()).isEqualTo(POPULATION.people());
    assertThat(progress.records()).isEqualTo(receiver.lines());
    assertThat(receiver.strangers).isZero();
    assertThat(receiver.townsSeen()).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void anInterruptedLoadGoesOnAndSendsFinishedTownsNotAgain() throws Exception {
    Receiver receiver = new Receiver(() -> Files.exists(folder.resolve("done")));
    PopulationLoad first = load(receiver);
    assertThatThrownBy(first::run).isInstanceOf(IOException.class).hasMessageContaining("cut");
    assertThat(first.progress().state()).isEqualTo(PopulationLoad.State.FAILED);
    List<String> finished = Files.readAllLines(folder.resolve("done"));
    Set<String> before = new HashSet<>(receiver.batches.keySet());

    receiver.cut = () -> false;
    receiver.again.clear();
    PopulationLoad second = load(receiver);
    second.run();
    assertThat(second.progress().people()).isEqualTo(POPULATION.people());
    assertThat(second.progress().resumed()).isGreaterThan(0).isLessThan(POPULATION.people());
    // Only of towns that were not finished is anything sent twice, and then the same bytes.
    assertThat(receiver.again).isSubsetOf(before);
    assertThat(receiver.again).noneMatch(batch -> finished.contains(Receiver.town(batch) + ";"));
    assertThat(receiver.changed).isEmpty();

    Receiver whole = new Receiver(() -> false);
    new PopulationLoad(POPULATION, folder.resolve("other"), whole, System::nanoTime).run();
    assertThat(receiver.batches.keySet()).isEqualTo(whole.batches.keySet());
  }

  @Test
  void aNoteThatACrashCutIsATownToBeSentAgain() throws Exception {
    Files.writeString(folder.resolve("done"), "\n0;\n1");
    Receiver receiver = new Receiver(() -> false);
    load(receiver).run();
    assertThat(receiver.townsSeen()).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(Files.readAllLines(folder.resolve("done"))).contains("0;", "1;", "2;", "3;");
  }

  @Test
  void aRejectStopsTheLoadAndIsTold() {
    PopulationLoad load =
        load((delivery, batch) ->
            new PopulationLoad.Taken(0, 0, 3, Optional.of("line 7, name: is missing")));
    assertThatThrownBy(load::run).isInstanceOf(IOException.class);
    assertThat(load.progress().trouble())
        .hasValueSatisfying(why -> assertThat(why).contains("3 lines", "line 7, name: is missing"));
  }

  private PopulationLoad load(PopulationLoad.Send send) {
    return new PopulationLoad(POPULATION, folder.resolve("done"), send, System::nanoTime);
  }

  /** Takes everything in until the line is cut. */
  private static final class Receiver implements PopulationLoad.Send {
    private final Map<String, byte[]> batches = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> again = new HashSet<>();
    private final Set<String> changed = new HashSet<>();
    private final Set<String> known = new HashSet<>();
    private BooleanSupplier cut;
    private int strangers;

    Receiver(BooleanSupplier cut) {
      this.cut = cut;
    }

    @Override
    public synchronized PopulationLoad.Taken send(Feed.Delivery delivery, String batch)
        throws IOException {
      if (cut.getAsBoolean()) {
        throw new IOException("the line was cut");
      }
      String name = delivery.from().number() + " " + batch;
      byte[] bytes = Arrays.copyOf(delivery.lines().bytes(), delivery.lines().length());
      byte[] earlier = batches.put(name, bytes);
      if (earlier != null) {
        again.add(name);
        if (!Arrays.equals(earlier, bytes)) {
          changed.add(name);
        }
      }
      counts.put(name, delivery.lines().count());
      remember(delivery);
      return new PopulationLoad.Taken(delivery.lines().count(), 0, 0, Optional.empty());
    }

    /** Records of someone of whom no qualification came before. */
    private void remember(Feed.Delivery delivery) {
      delivery
          .lines()
          .text()
          .lines()
          .map(line -> line.replaceAll(".*\"personCode\":\"([^\"]*)\".*", "$1"))
          .forEach(person -> {
            if (delivery.to() == Feed.Intake.QUALIFICATIONS) {
              known.add(person);
            } else if (!known.contains(person)) {
              strangers++;
            }
          });
    }

    long lines() {
      return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    List<Integer> townsSeen() {
      return batches.keySet().stream().map(Receiver::town).distinct().toList();
    }

    static int town(String batch) {
      return Integer.parseInt(batch.replaceAll(".*-(\\d+)-[a-z]+$", "$1"));
    }
  }
}
