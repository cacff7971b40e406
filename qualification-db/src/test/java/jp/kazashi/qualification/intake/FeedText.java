package jp.kazashi.qualification.intake;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kazashi.qualification.person.InsurerNumber;
import jp.kazashi.qualification.person.PublicPayerNumber;
import jp.kazashi.qualification.person.RecipientNumber;
import org.jspecify.annotations.Nullable;

/** Lines of feeds as tests write them. */
public final class FeedText {
  public static final InsurerNumber INSURER = InsurerNumber.completing("0613001");
  public static final PublicPayerNumber WELFARE = PublicPayerNumber.completing("1213001");
  public static final RecipientNumber RECIPIENT = RecipientNumber.completing("123456");

  private FeedText() {}

  /** The fields of a good line; a change of null takes a field away. */
  public static Map<String, Object> fields(String type, @Nullable Object... changes) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", type);
    fields.put("line", "1");
    switch (type) {
      case "qualification" -> qualification(fields);
      case "registration" -> registration(fields);
      case "ticket" -> ticket(fields);
      case "medication" -> medication(fields);
      case "care" -> care(fields);
      case "surgery" -> surgery(fields);
      case "checkup" -> checkup(fields);
      case "withdrawal" -> withdrawal(fields);
      default -> {}
    }
    for (int at = 0; at < changes.length; at += 2) {
      String field = String.valueOf(changes[at]);
      Object value = changes[at + 1];
      if (value == null) {
        fields.remove(field);
      } else {
        fields.put(field, value);
      }
    }
    return fields;
  }

  public static String json(String type, @Nullable Object... changes) {
    return new JsonObject(fields(type, changes)).encode();
  }

  /** Every line in one CSV text, with a column for every field that any of them has. */
  public static String csv(List<Map<String, Object>> lines) {
    Set<String> columns = new LinkedHashSet<>();
    lines.forEach(line -> columns.addAll(line.keySet()));
    StringBuilder text = new StringBuilder(String.join(",", columns)).append("\r\n");
    for (Map<String, Object> line : lines) {
      text.append(
              columns.stream()
                  .map(column -> quoted(String.valueOf(line.getOrDefault(column, ""))))
                  .collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return text.toString();
  }

  private static String quoted(String value) {
    return value.contains(",") || value.contains("\"")
        ? "\"" + value.replace("\"", "\"\"") + "\""
        : value;
  }

  private static void qualification(Map<String, Object> fields) {
    fields.put("personCode", "P-hanako");
    fields.put("name", "山田 花子");
    fields.put("nameKana", "ヤマダ ハナコ");
    fields.put("birthDate", "1985-04-03");
    fields.put("sex", "FEMALE");
    fields.put("postCode", "100-0001");
    fields.put("address", "東京都千代田区1-1");
    fields.put("kind", "MEDICAL_INSURANCE");
    fields.put("insurerNumber", INSURER.digits());
    fields.put("insurerName", "かざし健康保険組合");
    fields.put("symbol", "12");
    fields.put("number", "345");
    fields.put("branchNumber", "01");
    fields.put("relationship", "PERSON");
    fields.put("contributionRatio", 30);
    fields.put("issuedOn", "2026-04-01");
    fields.put("validFrom", "2026-04-01");
    fields.put("validTo", "2027-03-30");
    fields.put("lossReason", "03");
  }

  private static void registration(Map<String, Object> fields) {
    fields.put("personCode", "P-hanako");
    fields.put("issuer", "aXNzdWVy");
    fields.put("serial", "a1b2");
    fields.put("registeredAt", "2026-01-05T01:00:00Z");
  }

  private static void ticket(Map<String, Object> fields) {
    fields.put("personCode", "P-hanako");
    fields.put("insurerNumber", WELFARE.digits());
    fields.put("number", RECIPIENT.digits());
    fields.put("ticketType", "01");
    fields.put("month", "2026-11");
    fields.put("issueNumber", "1");
    fields.put("validFrom", "2026-11-01");
    fields.put("validTo", "2026-11-30");
    fields.put("treatment", "02");
    fields.put("facilityCode", "1312345670");
    fields.put("facilityName", "かざし内科");
    fields.put("selfPay", 0);
    fields.put("singleOrCombined", "01");
  }

  private static void record(Map<String, Object> fields) {
    fields.put("personCode", "P-hanako");
    fields.put("month", "2026-09");
    fields.put("date", "2026-09-03");
    fields.put("facilityCode", "1312345670");
    fields.put("facilityName", "かざし内科");
  }

  private static void medication(Map<String, Object> fields) {
    record(fields);
    fields.put("source", "RECEIPT");
    fields.put("code", "610406079");
    fields.put("name", "ガスター錠20mg");
    fields.put("ingredient", "ファモチジン");
    fields.put("quantity", "1.5");
    fields.put("unit", "錠");
    fields.put("usage", "1日1回夕食後");
    fields.put("days", 14);
  }

  private static void care(Map<String, Object> fields) {
    record(fields);
    fields.put("category", "MANAGEMENT");
    fields.put("code", "113001810");
    fields.put("name", "特定疾患療養管理料");
    fields.put("practice", "13");
    fields.put("times", 1);
    fields.put("inpatient", false);
  }

  private static void surgery(Map<String, Object> fields) {
    record(fields);
    fields.put("code", "150000490");
    fields.put("name", "虫垂切除術");
    fields.put("practice", "50");
  }

  private static void checkup(Map<String, Object> fields) {
    record(fields);
    fields.remove("month");
    fields.put("kind", "10");
    fields.put("programme", "010");
    fields.put(
        "items", "9N001000000000001=158.2;3F070000002327101=58|mg/dL|40|;9N736000000000011=3");
  }

  private static void withdrawal(Map<String, Object> fields) {
    record(fields);
    fields.remove("date");
    fields.remove("facilityName");
    fields.put("category", "medication");
  }
}
