package jp.kazashi.qualification.store.reactive;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import jp.kazashi.qualification.coverage.Certificates;
import jp.kazashi.qualification.coverage.Codes;
import jp.kazashi.qualification.coverage.ElderlyCertificate;
import jp.kazashi.qualification.coverage.LimitCategory;
import jp.kazashi.qualification.coverage.LimitCertificate;
import jp.kazashi.qualification.coverage.LimitClass;
import jp.kazashi.qualification.coverage.SpecificDisease;
import jp.kazashi.qualification.coverage.SpecificDiseaseCertificate;
import jp.kazashi.qualification.coverage.ValidPeriod;
import org.jspecify.annotations.Nullable;

/** An insurer's certificates as one column; nothing is written when there are none. */
final class CertificateText {
  private CertificateText() {}

  static @Nullable String write(Certificates certificates) {
    if (certificates.equals(Certificates.none())) {
      return null;
    }
    JsonObject json = new JsonObject();
    LimitCertificate limit = certificates.limit();
    if (limit != null) {
      json.put(
          "limit",
          dated(limit.issuedOn(), limit.valid())
              .put("class", limit.type().code())
              .put("category", limit.category().code())
              .put("longTermOn", text(limit.longTermOn())));
    }
    ElderlyCertificate elderly = certificates.elderly();
    if (elderly != null) {
      json.put("elderly", dated(elderly.issuedOn(), elderly.valid()).put("ratio", elderly.ratio()));
    }
    JsonArray diseases = new JsonArray();
    for (SpecificDiseaseCertificate each : certificates.specificDiseases()) {
      diseases.add(
          dated(each.issuedOn(), each.valid())
              .put("disease", each.disease().code())
              .put("selfPay", each.selfPay()));
    }
    return json.put("diseases", diseases).encode();
  }

  static Certificates read(@Nullable String text) {
    if (text == null) {
      return Certificates.none();
    }
    JsonObject json = new JsonObject(text);
    JsonObject limit = json.getJsonObject("limit");
    JsonObject elderly = json.getJsonObject("elderly");
    return new Certificates(
        limit == null ? null : limit(limit),
        elderly == null
            ? null
            : new ElderlyCertificate(
                date(elderly, "issuedOn"), valid(elderly), elderly.getInteger("ratio")),
        json.getJsonArray("diseases").stream()
            .map(JsonObject.class::cast)
            .map(CertificateText::disease)
            .toList());
  }

  private static LimitCertificate limit(JsonObject json) {
    return new LimitCertificate(
        Codes.of(LimitClass.class, json.getString("class")),
        Codes.of(LimitCategory.class, json.getString("category")),
        date(json, "issuedOn"),
        valid(json),
        date(json, "longTermOn"));
  }

  private static SpecificDiseaseCertificate disease(JsonObject json) {
    return new SpecificDiseaseCertificate(
        Codes.of(SpecificDisease.class, json.getString("disease")),
        date(json, "issuedOn"),
        valid(json),
        json.getInteger("selfPay"));
  }

  private static JsonObject dated(@Nullable LocalDate issuedOn, ValidPeriod valid) {
    return new JsonObject()
        .put("issuedOn", text(issuedOn))
        .put("from", valid.from().toString())
        .put("to", text(valid.to()));
  }

  private static ValidPeriod valid(JsonObject json) {
    return new ValidPeriod(LocalDate.parse(json.getString("from")), date(json, "to"));
  }

  private static @Nullable String text(@Nullable LocalDate date) {
    return date == null ? null : date.toString();
  }

  private static @Nullable LocalDate date(JsonObject json, String field) {
    String text = json.getString(field);
    return text == null ? null : LocalDate.parse(text);
  }
}
