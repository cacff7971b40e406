package jp.kazashi.reader.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.desk.LookBook;

/** Who of the institution looked at whom, as the gateway tells it. */
final class LooksReading {

  private LooksReading() {}

  static String path(LookBook.Asked asked) {
    Map<String, String> said = new LinkedHashMap<>();
    asked.from().ifPresent(day -> said.put("from", day.toString()));
    asked.to().ifPresent(day -> said.put("to", day.toString()));
    asked.staff().ifPresent(id -> said.put("staff", id));
    asked.what().ifPresent(what -> said.put("what", what.name()));
    asked.page().ifPresent(page -> said.put("page", page));
    return "/v1/staff/looks"
        + said.entrySet().stream()
            .map(one ->
                one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(
                Collectors.collectingAndThen(
                    Collectors.joining("&"), query -> query.isEmpty() ? "" : "?" + query));
  }

  static LookBook read(JsonNode answer) {
    List<LookBook.Look> looks = new ArrayList<>();
    answer.path("looks").forEach(look -> looks.add(look(look)));
    return new LookBook(
        LocalDate.parse(answer.path("from").asText()),
        LocalDate.parse(answer.path("to").asText()),
        looks,
        Optional.ofNullable(answer.path("nextPage").textValue()));
  }

  private static LookBook.Look look(JsonNode look) {
    List<String> charts = new ArrayList<>();
    look.path("referenceNumbers").forEach(number -> charts.add(number.asText()));
    JsonNode receipt = look.path("receipt");
    return new LookBook.Look(
        Instant.parse(look.path("at").asText()),
        who(look.path("staff")),
        look.path("system").asText(),
        word(LookBook.What.values(), look.path("what").asText(), LookBook.What.OTHER),
        MedicalCategory.named(look.path("category").asText()),
        word(LookBook.Ground.values(), look.path("ground").asText(), LookBook.Ground.OTHER),
        look.path("list").asBoolean(),
        look.path("shown").asBoolean(),
        charts,
        look.path("checkId").asText(""),
        receipt.path("chain").asText() + "/" + receipt.path("number").asText());
  }

  private static Optional<LookBook.Who> who(JsonNode staff) {
    String id = staff.path("id").asText("");
    return staff.isObject()
        ? Optional.of(
            new LookBook.Who(staff.path("login").asText(id), staff.path("name").asText(id)))
        : Optional.empty();
  }

  private static <E extends Enum<E>> E word(E[] known, String word, E otherwise) {
    return Stream.of(known).filter(one -> one.name().equals(word)).findFirst().orElse(otherwise);
  }
}
