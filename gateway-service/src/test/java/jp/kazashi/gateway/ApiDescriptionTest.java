package jp.kazashi.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.kazashi.gateway.ApiDescription.Operation;
import jp.kazashi.gateway.Counter.Reply;
import jp.kazashi.gateway.Samples.Sample;
import jp.kazashi.gateway.check.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway against its own description: examples, rights, and whatever anybody may send. */
@QuarkusTest
@QuarkusTestResource(value = GatewayWorld.class, restrictToAnnotatedClass = false)
@SuppressWarnings("NullAway.Init") // Quarkus and the set-up set the fields
class ApiDescriptionTest {
  private static final List<Party> PARTIES =
      List.of(
          Party.machine("READER"),
          Party.machine("RECEIPT"),
          Party.machine("INSURER"),
          Party.machine("OPERATOR"),
          new Party("VIEWER", "", Set.of("VIEWER_SIGNED_OUT")),
          new Party("VIEWER", "CLERK", Set.of("VIEWER")),
          new Party("VIEWER", "MEDICAL_VIEWER", Set.of("VIEWER", "VIEWER_MEDICAL")),
          new Party(
              "VIEWER",
              "ADMINISTRATOR",
              Set.of("VIEWER", "VIEWER_MEDICAL", "VIEWER_ADMINISTRATOR")));

  /** What the refusal of a right is called, of a machine and of a desk. */
  private static final Set<String> NO_RIGHT =
      Set.of("FORBIDDEN", "STAFF_SESSION_MISSING", "STAFF_RIGHT_MISSING");

  private static final Set<String> CATALOGUE =
      Arrays.stream(Reason.values()).map(Reason::name).collect(Collectors.toSet());

  /** Beside what the schemas make: parameters, types, character sets. */
  private static final int TRIES = 20;

  /** The same requests in every run: another one is another test. */
  private static final long SEED = 20_261_127;

  @TestHTTPResource(value = "/", tls = true)
  URI gateway;

  GatewayWorld world;

  private final ObjectMapper json = new ObjectMapper();
  private Town town;
  private ApiDescription description;

  @BeforeEach
  void read() {
    town = new Town(world, gateway);
    description = ApiDescription.servedTo(town.counter("matrix-1", "READER", GatewayWorld.CLINIC));
  }

  /** Somebody who may ask: a role's certificate and, at a desk, who is signed in. */
  private record Party(String role, String staff, Set<String> rights) {
    static Party machine(String role) {
      return new Party(role, "", Set.of(role));
    }

    boolean may(Rule rule) {
      return rule.rights().stream().anyMatch(rights::contains);
    }

    /** As the gateway calls what is missing. */
    String refusal() {
      if (!role.equals("VIEWER")) {
        return "FORBIDDEN";
      }
      return staff.isEmpty() ? "STAFF_SESSION_MISSING" : "STAFF_RIGHT_MISSING";
    }

    /** Whoever is signed in stays so, except where the session itself is ended. */
    Counter at(Town town, String institution, Map<String, Counter> open, Operation operation) {
      return operation.id().equals("signOut")
          ? at(town, institution)
          : open.computeIfAbsent(role + staff + institution, none -> at(town, institution));
    }

    Counter at(Town town, String institution) {
      return staff.isEmpty()
          ? town.counter(
              "matrix-1", role, role.equals("INSURER") ? GatewayWorld.INSURER : institution)
          : town.desk(staff, institution);
    }
  }

  @Test
  void everyResponseHasAnExampleThatIsAsDescribed() {
    List<String> faults = new ArrayList<>();
    for (Operation operation : description.operations()) {
      operation
          .responses()
          .properties()
          .forEach(response -> {
            String where = operation + " " + response.getKey();
            if (response.getValue().path("content").isEmpty() && !response.getKey().equals("304")) {
              faults.add(where + ": says nothing of its body");
            }
            response
                .getValue()
                .path("content")
                .forEach(content -> {
                  List<JsonNode> examples = examplesOf(content);
                  if (examples.isEmpty()) {
                    faults.add(where + ": has no example");
                  }
                  examples.forEach(example ->
                      description
                          .faults(example, content.path("schema"))
                          .forEach(fault -> faults.add(where + fault)));
                });
          });
      operation
          .body()
          .ifPresent(body -> {
            if (body.getValue().path("example").isMissingNode()) {
              faults.add(operation + " request: has no example");
            }
          });
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyProblemOfTheDescriptionSpeaksBothLanguages() {
    for (Operation operation : description.operations()) {
      assertThat(operation.responses().properties().stream().map(Map.Entry::getKey))
          .as(operation.toString())
          .contains("403", "429", "500", "503");
      operation
          .responses()
          .forEach(response ->
              response
                  .path("content")
                  .path("application/problem+json")
                  .path("examples")
                  .forEach(example -> {
                    JsonNode problem = example.path("value");
                    assertThat(problem.path("nextStep").path("ja").asText()).isNotBlank();
                    assertThat(problem.path("nextStep").path("en").asText()).isNotBlank();
                    assertThat(problem.path("type").asText())
                        .isEqualTo("urn:kazashi:reason:" + problem.path("reason").asText());
                  }));
    }
  }

  @Test
  void everyOperationHasARuleAndTheDescriptionSaysTheSame() throws Exception {
    Map<String, Rule> rules = rules();
    for (Operation operation : description.operations()) {
      assertThat(rules).as("authorisation.csv").containsKey(operation.id());
      assertThat(operation.roles())
          .as(operation.toString())
          .containsExactlyInAnyOrderElementsOf(ruleOf(rules, operation).rights());
    }
    assertThat(rules.keySet())
        .containsExactlyInAnyOrderElementsOf(
            description.operations().stream().map(Operation::id).toList());
  }

  @Test
  void eachRoleDoesItsOwnAndNothingElse() throws Exception {
    Map<String, Rule> rules = rules();
    Map<String, Counter> open = new HashMap<>();
    for (Operation operation : description.operations()) {
      for (Party party : PARTIES) {
        Counter counter = party.at(town, GatewayWorld.CLINIC, open, operation);
        String what = party + " " + operation;
        if (isStream(operation)) {
          assertThat(new Listener(counter, "").status())
              .as(what)
              .isEqualTo(party.may(ruleOf(rules, operation)) ? 200 : 403);
          continue;
        }
        Reply reply = ask(operation, counter, new UUID(3, 4));
        if (party.may(ruleOf(rules, operation))) {
          assertThat(NO_RIGHT).as(what).doesNotContain(reply.reason());
        } else {
          assertThat(reply.status()).as(what).isEqualTo(403);
          assertThat(reply.reason()).as(what).isEqualTo(party.refusal());
        }
      }
    }
  }

  private static boolean isStream(Operation operation) {
    return operation.responses().path("200").path("content").has("text/event-stream");
  }

  @Test
  void whatBelongsToAnInstitutionIsUnknownToEveryOther() throws Exception {
    Map<String, Rule> rules = rules();
    Map<String, UUID> owned =
        Map.of(
            "check", checkOf(GatewayWorld.CLINIC),
            "job", jobOf(GatewayWorld.CLINIC),
            "account", accountOf(GatewayWorld.CLINIC),
            "call", callOf(GatewayWorld.CLINIC));
    Map<String, Counter> open = new HashMap<>();
    for (Operation operation : description.operations()) {
      Rule rule = ruleOf(rules, operation);
      UUID id = owned.get(rule.whose());
      if (id == null) {
        assertThat(operation.path()).as("whose is it?").doesNotContain("{id}");
        continue;
      }
      // Operators are of no institution: they keep the accounts of all.
      for (Party party : PARTIES) {
        if (party.may(rule) && !party.role().equals("OPERATOR")) {
          Reply own = ask(operation, party.at(town, GatewayWorld.CLINIC, open, operation), id);
          Reply other =
              ask(operation, party.at(town, GatewayWorld.OTHER_CLINIC, open, operation), id);
          assertThat(own.status()).as(party + " " + operation + own.body()).isNotEqualTo(404);
          assertThat(other.status()).as(party + " " + operation).isEqualTo(404);
          assertThat(other.reason()).isEqualTo("NOT_FOUND");
        }
      }
    }
  }

  @Test
  void whatTheDescriptionAllowsIsAnsweredAsItSays() throws Exception {
    Random random = new Random(SEED);
    Samples samples = new Samples(description, random);
    for (Operation operation : description.operations()) {
      Counter counter = whoMay(operation);
      if (schemaOf(operation).isPresent() && !operation.id().equals("signIn")) {
        for (Sample sample : samples.allowed(schemaOf(operation).get())) {
          UUID id = new UUID(random.nextLong(), 1);
          asDescribed(operation, sample.what(), sent(operation, counter, id, sample));
        }
      }
    }
  }

  /** Nothing of it is written, not even that it was asked. */
  @Test
  void whatTheDescriptionForbidsIsRefusedAndLeavesNothing() throws Exception {
    Random random = new Random(SEED);
    Samples samples = new Samples(description, random);
    for (Operation operation : description.operations()) {
      Optional<JsonNode> schema = schemaOf(operation);
      if (schema.isEmpty()) {
        continue;
      }
      Counter counter = whoMay(operation);
      Map<String, Long> before = written();
      for (Sample sample : samples.forbidden(schema.get())) {
        Reply reply = sent(operation, counter, new UUID(random.nextLong(), 1), sample);
        asDescribed(operation, sample.what(), reply);
        assertThat(reply.status()).as(operation + ": " + sample.what()).isEqualTo(400);
        assertThat(reply.reason()).as(sample.what()).isEqualTo("BAD_REQUEST");
      }
      assertThat(written()).as(operation.toString()).isEqualTo(before);
    }
  }

  private static Optional<JsonNode> schemaOf(Operation operation) {
    return operation
        .body()
        .filter(body -> body.getKey().equals("application/json"))
        .map(body -> body.getValue().path("schema"));
  }

  private static Reply sent(Operation operation, Counter counter, UUID id, Sample sample) {
    return counter.send(
        operation.method(),
        operation.pathWith(id.toString()),
        Map.of("Content-Type", "application/json"),
        sample.text().getBytes(StandardCharsets.UTF_8));
  }

  /** Without what the node itself writes about what was written before. */
  private Map<String, Long> written() throws SQLException {
    Map<String, Long> rows = Owner.rows(world);
    rows.keySet().removeAll(Set.of("audit_seal", "audit_witness"));
    return rows;
  }

  private Counter whoMay(Operation operation) throws Exception {
    Rule rule = ruleOf(rules(), operation);
    return PARTIES.stream()
        .filter(party -> party.may(rule))
        .findFirst()
        .orElseThrow()
        .at(town, GatewayWorld.CLINIC);
  }

  /** A status, a media type and a document of the description; a refusal in its words. */
  private void asDescribed(Operation operation, String sent, Reply reply) {
    String what = "seed " + SEED + ": " + operation + " " + sent + " → " + reply.body();
    JsonNode response = operation.responses().path(Integer.toString(reply.status()));
    assertThat(response.isMissingNode()).as(what).isFalse();
    assertThat(reply.status()).as(what).isNotEqualTo(500);
    String type = reply.type().split(";", 2)[0];
    JsonNode content = response.path("content").path(type);
    assertThat(content.isMissingNode()).as(what).isFalse();
    if (type.endsWith("json")) {
      assertThat(description.faults(reply.body(), content.path("schema"))).as(what).isEmpty();
    }
    if (reply.status() >= 400) {
      assertThat(type).as(what).isEqualTo("application/problem+json");
      assertThat(reply.reason()).as(what).isIn(CATALOGUE);
      assertThat(reply.body().path("nextStep").path("ja").asText()).as(what).isNotBlank();
    }
  }

  @Test
  void whateverIsSentTheAnswerIsOneOfThoseDescribed() throws Exception {
    Random random = new Random(SEED);
    for (Operation operation : description.operations()) {
      if (isStream(operation)) {
        continue; // without an end; its own tests listen to it
      }
      Counter counter = whoMay(operation);
      for (int i = 0; i < TRIES; i++) {
        Sending sending = Sending.any(operation, random, json);
        Reply reply =
            counter.send(operation.method(), sending.path(), sending.headers(), sending.body());
        asDescribed(operation, sending.toString(), reply);
      }
    }
  }

  /** One request that somebody might send, mostly wrong in one way. */
  private record Sending(String path, Map<String, String> headers, String text) {
    byte[] body() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    static Sending any(Operation operation, Random random, ObjectMapper json) throws Exception {
      String id = random.nextInt(4) == 0 ? word(random) : new UUID(random.nextLong(), 1).toString();
      StringBuilder path = new StringBuilder(operation.pathWith(id));
      char next = '?';
      for (JsonNode parameter : operation.said().path("parameters")) {
        if (parameter.path("in").asText().equals("query") && random.nextBoolean()) {
          path.append(next).append(parameter.path("name").asText()).append('=');
          path.append(random.nextBoolean() ? "2026-04" : word(random));
          next = '&';
        }
      }
      Map<String, String> headers = new LinkedHashMap<>();
      String body = "";
      if (operation.body().isPresent()) {
        var described = operation.body().get();
        headers.put(
            "Content-Type",
            random.nextInt(8) == 0 ? "text/plain" : described.getKey() + charset(random));
        JsonNode example = described.getValue().path("example");
        body = bent(example, random, json);
      }
      return new Sending(path.toString(), headers, body);
    }

    private static String charset(Random random) {
      return switch (random.nextInt(6)) {
        case 0 -> ";charset=Shift_JIS";
        case 1 -> ";charset=utf-8";
        case 2 -> ";charset=nonsense";
        default -> "";
      };
    }

    private static String bent(JsonNode example, Random random, ObjectMapper json)
        throws Exception {
      if (!(example instanceof ObjectNode object)) {
        return switch (random.nextInt(3)) {
          case 0 -> example.asText();
          case 1 -> example.asText().replace('"', '\'');
          default -> word(random) + "\n" + example.asText();
        };
      }
      ObjectNode bent = object.deepCopy();
      List<String> names = bent.properties().stream().map(Map.Entry::getKey).toList();
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(9)) {
        case 0 -> bent.remove(name);
        case 1 -> bent.put(name, random.nextLong());
        case 2 -> bent.put(name, word(random).repeat(2000));
        case 3 -> bent.set(name, json.nullNode());
        case 4 -> bent.put(word(random), word(random));
        case 5 -> bent.set(name, json.createArrayNode().add(1).add(word(random)));
        case 6 -> bent.put(name, word(random));
        case 7 -> {
          String text = bent.toString();
          return text.substring(0, random.nextInt(text.length()));
        }
        default -> {}
      }
      return bent.toString();
    }

    private static String word(Random random) {
      List<String> words =
          List.of("x", "%00", "-1", "99999999999999999999", "20%E5%B9%B4", "null", "%20", "a;b");
      return words.get(random.nextInt(words.size()));
    }

    @Override
    public String toString() {
      return path + " " + headers + " " + text.substring(0, Math.min(200, text.length()));
    }
  }

  private record Rule(List<String> rights, String whose) {}

  private static Map<String, Rule> rules() throws Exception {
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (String line :
        Files.readAllLines(
            Path.of(ApiDescriptionTest.class.getResource("/authorisation.csv").toURI()))) {
      if (!line.startsWith("#")) {
        String[] parts = line.split("; ", 3);
        rules.put(parts[0], new Rule(Arrays.asList(parts[1].split(" ", -1)), parts[2]));
      }
    }
    return rules;
  }

  private static Rule ruleOf(Map<String, Rule> rules, Operation operation) {
    Rule rule = rules.get(operation.id());
    assertThat(rule).as("authorisation.csv says nothing of " + operation).isNotNull();
    return rule;
  }

  private static Reply ask(Operation operation, Counter counter, UUID id) {
    Map<String, String> headers = new LinkedHashMap<>();
    byte[] body = new byte[0];
    if (operation.body().isPresent()) {
      var described = operation.body().get();
      headers.put("Content-Type", described.getKey());
      JsonNode example = described.getValue().path("example");
      body =
          (example.isTextual() ? example.asText() : example.toString())
              .getBytes(StandardCharsets.UTF_8);
    }
    return counter.send(operation.method(), operation.pathWith(id.toString()), headers, body);
  }

  private static List<JsonNode> examplesOf(JsonNode content) {
    List<JsonNode> examples = new ArrayList<>();
    if (content.has("example")) {
      examples.add(content.path("example"));
    }
    content.path("examples").forEach(each -> examples.add(each.path("value")));
    return examples;
  }

  /** Of a card that was never registered: refused, and kept. */
  private UUID checkOf(String institution) {
    Counter kiosk = town.counter("matrix-1", "READER", institution);
    Counter.Card stranger = Counter.Card.issue(world, LocalDate.of(2030, 1, 1));
    Reply refused = kiosk.visit(stranger, world.worldNow());
    return UUID.fromString(refused.body().path("checkId").asText());
  }

  private UUID jobOf(String institution) {
    Reply asked =
        town.counter("matrix-1", "RECEIPT", institution)
            .post("/v1/bulk-lookups", "application/x-ndjson", "{}\n");
    return UUID.fromString(asked.body().path("id").asText());
  }

  private UUID callOf(String institution) {
    UUID call = UUID.randomUUID();
    town.counter("matrix-1", "READER", institution)
        .post(
            "/v1/calls", json.createObjectNode().put("call", call.toString()).put("want", "HELP"));
    return call;
  }

  private UUID accountOf(String institution) {
    JsonNode account = town.account(institution, "clerk-" + UUID.randomUUID(), "CLERK");
    return UUID.fromString(account.path("id").asText());
  }
}
