package jp.kazashi.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader's few records against the gateway's published description: neither may drift. */
class WireContractTest {
  private static final String READER = "jp.kazashi.reader.";

  private final JsonNode description = description();

  @ParameterizedTest
  @CsvSource({
    "link.Wire$ChallengeBody, ChallengeDocument",
    "link.Wire$AnswerBody, CheckDocument",
    "link.Wire$GrantsBody, ConsentsDocument",
    "link.CertificateStanding, CertificateDocument",
    "link.Qualification, QualificationDocument",
    "link.Notice, NoticeDocument",
    "link.Receipt, ReceiptDocument",
    "desk.DeskLink$SessionBody, SessionDocument",
    "desk.DeskLink$PassBody, VisualCheckDocument",
    "link.CallLink$CallBody, CallDocument",
    "desk.LooksReading$LooksBody, LooksDocument",
    "desk.LooksReading$LookBody, LookDocument",
    "desk.LooksReading$StaffNameBody, StaffNameDocument"
  })
  void whatTheReaderReadsTheGatewaySays(String record, String schema) throws Exception {
    assertThat(fields(schema)).containsAll(components(READER + record));
  }

  @ParameterizedTest
  @CsvSource({
    "link.Wire$CheckBody, CheckRequest",
    "link.Wire$RegistrationBody, RegistrationRequest",
    "link.Wire$ConsentBody, ConsentsRequest",
    "desk.DeskLink$SignInBody, SignInRequest",
    "desk.DeskLink$SightBody, VisualCheckRequest",
    "link.CallLink$RingBody, CallRequest"
  })
  void whatTheReaderSendsIsExactlyWhatTheGatewayTakes(String record, String schema)
      throws Exception {
    assertThat(components(READER + record)).isEqualTo(fields(schema));
  }

  @Test
  void aRefusalReadsAsTheProblemTheGatewayWrites() throws Exception {
    Set<String> written = components(Class.forName("jp.kazashi.gateway.adapter.rest.Problem"));

    assertThat(written).containsAll(components(READER + "link.Wire$Problem"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/challenges",
    "POST, /v1/checks",
    "POST, /v1/checks/{id}/consents",
    "POST, /v1/registrations",
    "GET, /v1/checks/{id}/medications",
    "POST, /v1/lookups",
    "POST, /v1/staff/sessions",
    "POST, /v1/visual-checks",
    "POST, /v1/calls",
    "GET, /v1/calls",
    "GET, /v1/calls/{id}",
    "DELETE, /v1/calls/{id}",
    "POST, /v1/calls/{id}/answers",
    "GET, /v1/staff/looks"
  })
  void everyPathInUseIsDescribed(String method, String path) {
    assertThat(description.path("paths").path(path).has(method.toLowerCase(Locale.ROOT))).isTrue();
  }

  /** What a later gateway says is OTHER; of this one the desk knows every word. */
  @ParameterizedTest
  @CsvSource({"What", "Ground"})
  void theDeskKnowsEveryWordOfALook(String words) throws Exception {
    Set<String> known = words(Class.forName("jp.kazashi.consent.desk.LookBook$" + words));

    assertThat(known.remove("OTHER")).isTrue();
    assertThat(known).isEqualTo(words(Class.forName("jp.kazashi.gateway.desk.Look$" + words)));
  }

  private static Set<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(sorted());
  }

  private Set<String> fields(String schema) {
    JsonNode properties =
        description.path("components").path("schemas").path(schema).path("properties");
    assertThat(properties.isObject()).as(schema).isTrue();
    return properties.propertyStream().map(Map.Entry::getKey).collect(sorted());
  }

  private static Set<String> components(String name) throws ClassNotFoundException {
    return components(Class.forName(name));
  }

  private static Set<String> components(Class<?> type) {
    assertThat(type.isRecord()).as(type.getName()).isTrue();
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(sorted());
  }

  private static Collector<String, ?, Set<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }

  private static JsonNode description() {
    try {
      return new YAMLMapper()
          .readTree(
              Path.of(System.getProperty("kazashi.root"), "gateway-service/openapi.yaml").toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
