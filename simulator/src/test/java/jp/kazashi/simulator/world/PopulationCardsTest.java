package jp.kazashi.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.pki.TransportCa;
import jp.kazashi.simulator.population.Feed;
import jp.kazashi.simulator.population.Population;
import jp.kazashi.simulator.population.PopulationLoad;
import jp.kazashi.simulator.terminal.VirtualReaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PopulationCardsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
  private static final Population POPULATION = new Population(1, 500, LocalDate.of(2026, 11, 26));

  @Test
  void aDrawnPersonIsRegisteredByTheirPayerOnceAndSitsOnAReader(@TempDir Path folder)
      throws Exception {
    WorldHome home = new WorldHome(folder);
    SecureRandom random = new SecureRandom();
    SimulatedJpki jpki =
        SimulatedJpki.open(home.jpki(), NOW, URI.create("http://127.0.0.1:1/"), random);
    Deck.open(jpki, home.cards(), terminals(home, random), NOW, true, random);
    VirtualReaders readers = new VirtualReaders();
    List<Feed.Delivery> sent = new ArrayList<>();
    PopulationLoad.Send send =
        (delivery, batch) -> {
          sent.add(delivery);
          return new PopulationLoad.Taken(1, 0, 0, Optional.empty());
        };
    PopulationCards cards = new PopulationCards(jpki, home.cards(), readers, random);
    int living = person(true);

    Map<String, Object> drawn = cards.draw(POPULATION, living, NOW, send);
    Population.Holder holder = POPULATION.holder(living);
    assertThat(drawn).containsEntry("pin", "1234").containsEntry("personCode", holder.personCode());
    assertThat(readers.reader(String.valueOf(drawn.get("reader"))).orElseThrow().card())
        .contains(String.valueOf(drawn.get("name")));
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().from()).isEqualTo(holder.payer());
    JsonNode line =
        Json.tree(
            new String(
                sent.getFirst().lines().bytes(),
                0,
                sent.getFirst().lines().length(),
                StandardCharsets.UTF_8));
    assertThat(line.path("type").asText()).isEqualTo("registration");
    assertThat(line.path("personCode").asText()).isEqualTo(holder.personCode());

    cards.draw(POPULATION, living, NOW, send);
    assertThat(sent).hasSize(1);
    assertThatThrownBy(() -> cards.draw(POPULATION, person(false), NOW, send))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has died");
    assertThatThrownBy(() -> cards.draw(POPULATION, 500, NOW, send))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int person(boolean alive) {
    return IntStream.range(0, POPULATION.people())
        .filter(index -> POPULATION.holder(index).alive() == alive)
        .findFirst()
        .orElseThrow();
  }

  private static Path terminals(WorldHome home, SecureRandom random) throws Exception {
    return TransportCa.open(home.keys(), NOW, random).trust().certificate();
  }
}
