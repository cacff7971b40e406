package jp.kazashi.load.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import jp.kazashi.simulator.population.Feed;
import jp.kazashi.simulator.population.Population;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The floor of loading: the population's lines straight into the tables by COPY, as the
 * application, into the partitions and indexes that the store keeps. No rule is applied and nothing
 * can be resumed; what the store's own intake reaches is set against it.
 */
final class CopyLoad {
  private static final String NULL = "\\N";
  private static final JsonFactory JSON = new JsonFactory();

  private final BenchDatabase database;
  private final Population population;
  private final AtomicInteger people = new AtomicInteger();
  private final AtomicLong records = new AtomicLong();

  /** How far it is. */
  interface Told {
    void progress(int people, long records);
  }

  CopyLoad(BenchDatabase database, Population population) {
    this.database = database;
    this.population = population;
  }

  private static UUID person(int index) {
    return new UUID(0x4B415A41534849L << 8 | 0x40, 0x8000000000000000L | index);
  }

  /** Towns from one number on, up to another; returns the records written. */
  long load(int firstTown, int towns, Told told) throws IOException, InterruptedException {
    try (ExecutorService loaders = Executors.newFixedThreadPool(2)) {
      AtomicInteger next = new AtomicInteger(firstTown);
      var running =
          IntStream.range(0, 2)
              .<Future<?>>mapToObj(any ->
                  loaders.submit(() -> {
                    try (Connection connection = database.asApplication()) {
                      connection.setAutoCommit(false);
                      for (int town = next.getAndIncrement();
                          town < firstTown + towns;
                          town = next.getAndIncrement()) {
                        long written = town(connection, town);
                        told.progress(
                            people.addAndGet(population.peopleOf(town)),
                            records.addAndGet(written));
                      }
                    }
                    return null;
                  }))
              .toList();
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    }
    return records.get();
  }

  private long town(Connection connection, int town) throws IOException, SQLException {
    Map<String, StringBuilder> tables = new LinkedHashMap<>();
    for (String table : TABLES.keySet()) {
      tables.put(table, new StringBuilder(1 << 20));
    }
    Set<String> months = new HashSet<>();
    Set<String> known = new HashSet<>();
    long lines = 0;
    for (Feed.Delivery delivery : population.feed(town)) {
      lines += delivery.lines().count();
      rows(delivery, tables, months, known);
    }
    partitions(connection, months);
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    for (Map.Entry<String, StringBuilder> table : tables.entrySet()) {
      if (!table.getValue().isEmpty()) {
        copy.copyIn(
            "COPY %s (%s) FROM STDIN".formatted(table.getKey(), TABLES.get(table.getKey())),
            new ByteArrayInputStream(table.getValue().toString().getBytes(StandardCharsets.UTF_8)));
      }
    }
    connection.commit();
    return lines;
  }

  private static final Map<String, String> TABLES = tables();

  private static Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("person", "id, code, recorded_at");
    tables.put(
        "qualification",
        "id, person_id, kind, payer, payer_name, symbol, number, search_key, branch, relationship,"
            + " name, name_kana, birth_date, sex, post_code, address, contribution_ratio,"
            + " issued_on, valid_from, valid_to, loss_reason, card_class, householder, preschool,"
            + " undisclosed, provision_barred, recorded_from");
    tables.put(
        "medication",
        "person_id, source, month, day, facility, facility_name, prescriber, prescriber_name, code,"
            + " name, ingredient, quantity, unit, usage, days, batch, line");
    tables.put(
        "care",
        "person_id, month, day, facility, facility_name, category, code, name, division, times,"
            + " inpatient, batch, line");
    tables.put(
        "surgery",
        "person_id, month, day, facility, facility_name, code, name, division, times, inpatient,"
            + " batch, line");
    tables.put(
        "checkup", "person_id, day, kind, programme, facility, facility_name, items, batch, line");
    return tables;
  }

  private void rows(
      Feed.Delivery delivery,
      Map<String, StringBuilder> tables,
      Set<String> months,
      Set<String> known)
      throws IOException {
    Map<String, String> line = new HashMap<>();
    try (JsonParser parser =
        JSON.createParser(delivery.lines().bytes(), 0, delivery.lines().length())) {
      int number = 0;
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        line.clear();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String field = parser.currentName();
          parser.nextToken();
          line.put(field, parser.getText());
        }
        row(line, ++number, tables, months, known);
      }
    }
  }

  private static void row(
      Map<String, String> line,
      int number,
      Map<String, StringBuilder> tables,
      Set<String> months,
      Set<String> known) {
    String type = line.getOrDefault("type", "");
    String code = line.getOrDefault("personCode", "");
    String person = person(Integer.parseInt(code.substring(1))).toString();
    String month = line.containsKey("month") ? line.get("month") + "-01" : null;
    String at = "1\t" + number + "\n";
    switch (type) {
      case "qualification" -> {
        if (known.add(code)) {
          append(tables, "person", person, code, "2026-01-01T00:00:00Z").append('\n');
        }
        boolean aid = "MEDICAL_AID".equals(line.get("kind"));
        append(
                tables,
                "qualification",
                UUID.nameUUIDFromBytes(
                        (code + line.get("insurerNumber") + line.get("validFrom"))
                            .getBytes(StandardCharsets.US_ASCII))
                    .toString(),
                person,
                line.get("kind"),
                line.get("insurerNumber"),
                line.get("insurerName"),
                line.get("symbol"),
                line.get("number"),
                line.getOrDefault("symbol", "") + "/" + line.get("number"),
                line.get("branchNumber"),
                line.get("relationship"),
                line.get("name"),
                line.get("nameKana"),
                line.get("birthDate"),
                line.get("sex"),
                line.get("postCode"),
                line.get("address"),
                line.get("contributionRatio"),
                line.get("issuedOn"),
                line.get("validFrom"),
                line.get("validTo"),
                line.get("lossReason"),
                aid ? "MEDICAL_AID" : "GENERAL",
                line.get("householder"),
                line.getOrDefault("preschool", "false"),
                line.getOrDefault("undisclosed", "false"),
                line.getOrDefault("provisionBarred", "false"),
                "2026-01-01T00:00:00Z")
            .append('\n');
      }
      case "medication" -> {
        months.add("medication " + month);
        append(
                tables,
                "medication",
                person,
                line.get("source"),
                month,
                line.get("date"),
                line.get("facilityCode"),
                line.get("facilityName"),
                line.get("prescriberCode"),
                line.get("prescriberName"),
                line.get("code"),
                line.get("name"),
                line.get("ingredient"),
                line.get("quantity"),
                line.get("unit"),
                line.get("usage"),
                line.get("days"))
            .append('\t')
            .append(at);
      }
      case "care" -> {
        months.add("care " + month);
        append(
                tables,
                "care",
                person,
                month,
                line.get("date"),
                line.get("facilityCode"),
                line.get("facilityName"),
                line.get("category"),
                line.get("code"),
                line.get("name"),
                line.get("practice"),
                line.getOrDefault("times", "1"),
                "false")
            .append('\t')
            .append(at);
      }
      case "surgery" -> {
        months.add("surgery " + month);
        append(
                tables,
                "surgery",
                person,
                month,
                line.get("date"),
                line.get("facilityCode"),
                line.get("facilityName"),
                line.get("code"),
                line.get("name"),
                line.get("practice"),
                "1",
                "false")
            .append('\t')
            .append(at);
      }
      case "checkup" -> {
        months.add("checkup " + line.getOrDefault("date", "").substring(0, 7) + "-01");
        append(
                tables,
                "checkup",
                person,
                line.get("date"),
                line.get("kind"),
                line.get("programme"),
                line.get("facilityCode"),
                line.get("facilityName"),
                line.get("items"))
            .append('\t')
            .append(at);
      }
      default -> throw new IllegalStateException("A line of type " + type);
    }
  }

  private static StringBuilder append(
      Map<String, StringBuilder> tables, String table, @Nullable String... cells) {
    StringBuilder rows = tables.computeIfAbsent(table, any -> new StringBuilder());
    for (int i = 0; i < cells.length; i++) {
      String cell = cells[i];
      rows.append(i == 0 ? "" : "\t").append(cell == null ? NULL : cell);
    }
    return rows;
  }

  private static void partitions(Connection connection, Set<String> months) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String month : months) {
        String[] words = month.split(" ", -1);
        statement.execute("SELECT make_partition('%s', '%s'::date)".formatted(words[0], words[1]));
      }
    }
    connection.commit();
  }
}
