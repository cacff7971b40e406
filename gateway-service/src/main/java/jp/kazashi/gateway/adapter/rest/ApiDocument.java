package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.Reason;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/**
 * Completes the description with what no signature says: every problem an operation may answer
 * with, in the catalogue's words, and an example of every body. What an operation of its own adds
 * stands in {@code openapi-examples.json}; an operation that is not there fails the build's tests.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_STARTUP)
public class ApiDocument implements OASFilter {
  private static final String EXAMPLES = "/openapi-examples.json";
  private static final List<Reason> ALWAYS =
      List.of(
          Reason.FORBIDDEN,
          Reason.STAFF_SESSION_MISSING,
          Reason.STAFF_RIGHT_MISSING,
          Reason.CALLER_REVOKED,
          Reason.TOO_MANY_REQUESTS,
          Reason.FAULT,
          Reason.AUDIT_UNSEALED,
          Reason.STORE_UNAVAILABLE,
          Reason.STORE_BUSY,
          Reason.COMMIT_UNKNOWN,
          Reason.NODE_REPLACED,
          Reason.CALLER_NOT_CHECKABLE);

  private final ObjectMapper json = new ObjectMapper();
  private final Catalogue catalogue = CatalogueFile.read(json);
  private final Map<String, Told> told = read();

  /**
   * What the file says of an operation.
   *
   * @param status of its good answer
   * @param request a body it takes
   * @param texts examples of answers that are no JSON, by their media type
   * @param reasons of its own, besides those of all
   */
  record Told(
      int status,
      JsonNode example,
      JsonNode request,
      @Nullable Map<String, String> texts,
      List<Reason> reasons) {}

  private Map<String, Told> read() {
    try (InputStream in = ApiDocument.class.getResourceAsStream(EXAMPLES)) {
      return json.readValue(
          Objects.requireNonNull(in, EXAMPLES), new TypeReference<Map<String, Told>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document.getComponents().addSchema("Problem", problemSchema());
    document
        .getComponents()
        .addSecurityScheme(
            "SecurityScheme",
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.MUTUALTLS)
                .description(
                    "TLS 1.3; the client certificate says who (CN), which role (OU)"
                        + " and whose (O)."));
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(path -> path.getOperations().values().forEach(this::complete));
  }

  private void complete(Operation operation) {
    Told its = told.get(operation.getOperationId());
    if (its == null) {
      return; // the tests name it
    }
    APIResponses scanned = operation.getResponses();
    APIResponse good = scanned.getAPIResponse("200");
    APIResponses all = OASFactory.createAPIResponses();
    if (good != null) {
      good.setContent(answers(good.getContent(), its));
      all.addAPIResponse(Integer.toString(its.status()), good.description("As asked."));
    }
    if (parameters(operation).stream().anyMatch(each -> "If-None-Match".equals(each.getName()))) {
      all.addAPIResponse(
          "304", OASFactory.createAPIResponse().description("Unchanged since that tag."));
    }
    problems(operation, its)
        .forEach(
            (status, reasons) -> all.addAPIResponse(Integer.toString(status), problem(reasons)));
    operation.setResponses(all);
    if (operation.getRequestBody() != null && its.request() != null) {
      mediaTypes(operation.getRequestBody().getContent())
          .forEach(each -> each.setExample(plain(its.request())));
    }
  }

  /** Which of several forms is preferred is nobody's name of it; what is no JSON is text. */
  private Content answers(Content scanned, Told its) {
    Content told = OASFactory.createContent();
    scanned
        .getMediaTypes()
        .forEach((form, body) -> {
          String type = form.split(";", 2)[0];
          String text = its.texts() == null ? null : its.texts().get(type);
          told.addMediaType(
              type,
              text == null
                  ? body.example(plain(its.example()))
                  : OASFactory.createMediaType().schema(text()).example(text));
        });
    return told;
  }

  private static List<Parameter> parameters(Operation operation) {
    return operation.getParameters() == null ? List.of() : operation.getParameters();
  }

  private static List<MediaType> mediaTypes(Content content) {
    return List.copyOf(content.getMediaTypes().values());
  }

  private Map<Integer, List<Reason>> problems(Operation operation, Told its) {
    List<Reason> reasons = new ArrayList<>(ALWAYS);
    List<Parameter> parameters = parameters(operation);
    if (operation.getRequestBody() != null) {
      reasons.addAll(List.of(Reason.BODY_TOO_LARGE, Reason.MEDIA_TYPE_UNSUPPORTED));
    }
    if (operation.getRequestBody() != null || !parameters.isEmpty()) {
      reasons.add(Reason.BAD_REQUEST);
    }
    if (parameters.stream().anyMatch(each -> each.getIn() == Parameter.In.PATH)) {
      reasons.add(Reason.NOT_FOUND);
    }
    reasons.addAll(its.reasons());
    Map<Integer, List<Reason>> byStatus = new TreeMap<>();
    reasons.stream()
        .sorted()
        .forEach(reason ->
            byStatus
                .computeIfAbsent(catalogue.of(reason).status(), s -> new ArrayList<>())
                .add(reason));
    return byStatus;
  }

  private APIResponse problem(List<Reason> reasons) {
    MediaType body =
        OASFactory.createMediaType()
            .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
    for (Reason reason : reasons) {
      body.addExample(
          reason.name(),
          OASFactory.createExample()
              .summary(catalogue.of(reason).title())
              .value(plain(json.valueToTree(Problem.of(catalogue, reason, null)))));
    }
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(String.join(", ", reasons.stream().map(Reason::name).toList()))
            .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, body));
    boolean waits =
        reasons.contains(Reason.TOO_MANY_REQUESTS)
            || reasons.contains(Reason.TOO_MANY_FAILED_LOOKUPS);
    return waits
        ? response.addHeader(
            "Retry-After",
            OASFactory.createHeader()
                .description("Seconds until it is worth asking again.")
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.INTEGER)))
        : response;
  }

  private static Schema problemSchema() {
    Schema problem = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
    problem.description("RFC 9457, with what helps patient and desk.");
    problem.required(List.of("type", "title", "status", "reason", "patient", "nextStep"));
    problem.addProperty("type", text());
    problem.addProperty("title", text());
    problem.addProperty(
        "status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER).format("int32"));
    problem.addProperty("detail", text());
    problem.addProperty("reason", reference("Reason"));
    problem.addProperty("patient", reference("Sentence"));
    problem.addProperty("nextStep", reference("Sentence"));
    problem.addProperty("checkId", reference("UUID"));
    problem.addProperty("certificate", reference("CertificateDocument"));
    problem.addProperty("receipt", reference("ReceiptDocument"));
    return problem;
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }

  private static Schema reference(String name) {
    return OASFactory.createSchema().ref("#/components/schemas/" + name);
  }

  private Object plain(JsonNode node) {
    return json.convertValue(node, Object.class);
  }
}
