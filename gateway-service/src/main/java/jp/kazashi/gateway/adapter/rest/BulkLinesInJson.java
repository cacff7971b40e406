package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Validator;
import java.io.UncheckedIOException;
import java.util.Optional;
import jp.kazashi.gateway.check.Catalogue;
import jp.kazashi.gateway.check.LookUp;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.port.BulkLines;
import org.jspecify.annotations.Nullable;

/**
 * A line is a look-up's request, with an {@code id} of the sender's if they like, which comes back
 * with the answer.
 */
public final class BulkLinesInJson implements BulkLines {
  private static final String ID = "id";
  private static final int LONGEST_ID = 100;

  private final ObjectMapper json;
  private final Validator validator;
  private final Catalogue catalogue;

  public BulkLinesInJson(ObjectMapper json, Validator validator, Catalogue catalogue) {
    this.json = json;
    this.validator = validator;
    this.catalogue = catalogue;
  }

  @Override
  public Optional<LookUp.Question> question(String line) {
    try {
      if (!(json.readTree(line) instanceof ObjectNode asked)) {
        return Optional.empty();
      }
      asked.remove(ID);
      LookUpRequest request = json.treeToValue(asked, LookUpRequest.class);
      return validator.validate(request).isEmpty()
          ? Optional.of(request.question())
          : Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String answer(int number, String line, LookUp.Outcome outcome) {
    return switch (outcome) {
      case LookUp.Outcome.Found found ->
          write(
              new BulkLineDocument(
                  number, id(line), LookUpDocument.of(found, catalogue), null, null));
      case LookUp.Outcome.NotAccepted(var receipt) ->
          refused(number, line, Reason.DOCUMENT_NOT_ACCEPTED);
      case LookUp.Outcome.TooManyFailed(var wait) ->
          refused(number, line, Reason.TOO_MANY_FAILED_LOOKUPS);
    };
  }

  @Override
  public String unreadable(int number, String line) {
    return refused(number, line, Reason.BAD_REQUEST);
  }

  private String refused(int number, String line, Reason reason) {
    return write(
        new BulkLineDocument(number, id(line), null, reason, catalogue.of(reason).nextStep()));
  }

  private @Nullable String id(String line) {
    try {
      JsonNode id = json.readTree(line).path(ID);
      return id.isValueNode() && !id.isNull() && id.asText().length() <= LONGEST_ID
          ? id.asText()
          : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private String write(BulkLineDocument document) {
    try {
      return json.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
