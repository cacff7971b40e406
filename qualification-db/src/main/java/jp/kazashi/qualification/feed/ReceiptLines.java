package jp.kazashi.qualification.feed;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jp.kazashi.qualification.intake.FeedLine;
import jp.kazashi.qualification.intake.LineType;
import jp.kazashi.qualification.intake.ReadLine;
import jp.kazashi.qualification.intake.RejectedLine;
import jp.kazashi.qualification.medical.CareCategory;
import jp.kazashi.qualification.person.Digits;
import org.jspecify.annotations.Nullable;

/**
 * The national receipt layout: an institution (IR), then claims (RE) with whom they are for (HO,
 * KO, SN) and what was done (SI) or given (IY), by day. Each day with a count becomes one line.
 */
final class ReceiptLines implements FeedReader.LineForm {
  private static final int FIRST_DAY = 14;

  private final CodeNames names;
  private @Nullable String facilityCode;
  private @Nullable String facilityName;
  private @Nullable Claim claim;

  ReceiptLines(CodeNames names) {
    this.names = names;
  }

  @Override
  public void read(String text, byte[] bytes, int number, Consumer<ReadLine> lines) {
    List<String> fields = CsvLines.split(text);
    if (fields.isEmpty()) {
      refuse(number, "has a quote that does not end", lines);
      return;
    }
    Row line = new Row(fields);
    switch (line.at(1)) {
      case "IR" -> institution(line, number, lines);
      case "RE" -> claim(line, number, lines);
      case "HO", "KO", "SN" -> insured(line);
      case "SI", "IY" -> done(line, number, lines);
      case "SY", "TO", "CO", "UK", "GO" -> {}
      default ->
          lines.accept(
              new RejectedLine(Integer.toString(number), "type", "is no record that is known"));
    }
  }

  /** Fields by their place, counted from 1; what is missing is empty. */
  private record Row(List<String> fields) {
    String at(int place) {
      return place <= fields.size() ? fields.get(place - 1).strip() : "";
    }
  }

  /** A claim as far as it has been read. */
  private static final class Claim {
    private final String number;
    private final String month;
    private final String birthDate;
    private String insurer = "";
    private String symbol = "";
    private String insured = "";
    private String branch = "";
    private String division = "";
    private int records;
    private boolean refused;

    Claim(String number, String month, String birthDate) {
      this.number = number;
      this.month = month;
      this.birthDate = birthDate;
    }

    String lineId(@Nullable String facility) {
      return facility + "-" + number + "-" + records;
    }
  }

  private void institution(Row line, int number, Consumer<ReadLine> lines) {
    facilityCode = line.at(3) + line.at(4) + line.at(5);
    facilityName = line.at(7);
    claim = null;
    if (!Digits.are(facilityCode, 10) || facilityName.isEmpty()) {
      lines.accept(
          new RejectedLine(
              Integer.toString(number), "facilityCode", "An institution code has 10 digits"));
      facilityCode = null;
    }
  }

  private void claim(Row line, int number, Consumer<ReadLine> lines) {
    Claim next = new Claim(line.at(2), month(line.at(4)), date(line.at(7)));
    claim = next;
    String field =
        facilityCode == null
            ? "facilityCode"
            : next.number.isEmpty() || next.number.length() > 20
                ? "line"
                : next.month.isEmpty() ? "month" : next.birthDate.isEmpty() ? "birthDate" : "";
    if (!field.isEmpty()) {
      next.refused = true;
      lines.accept(new RejectedLine(Integer.toString(number), field, "The claim cannot be read"));
    }
  }

  private void insured(Row line) {
    Claim current = claim;
    if (current == null) {
      return;
    }
    switch (line.at(1)) {
      case "HO" -> {
        current.insurer = line.at(2);
        current.symbol = line.at(3);
        current.insured = line.at(4);
      }
      case "KO" -> {
        // Medical aid alone; beside an insurance other schemes pay a part only.
        if (current.insurer.isEmpty() && line.at(2).startsWith("12")) {
          current.insurer = line.at(2);
          current.insured = line.at(3);
        }
      }
      default -> {
        if (current.branch.isEmpty()) {
          current.branch = line.at(7);
        }
      }
    }
  }

  private void done(Row line, int number, Consumer<ReadLine> lines) {
    Claim current = claim;
    if (current == null) {
      lines.accept(new RejectedLine(Integer.toString(number), "type", "stands outside of a claim"));
      return;
    }
    if (!line.at(2).isEmpty()) {
      current.division = line.at(2);
    }
    if (current.refused) {
      return;
    }
    Map<String, @Nullable String> common = common(current);
    boolean drug = line.at(1).equals("IY");
    Optional<CodeNames.Entry> entry = names.of(line.at(4));
    LineType type = drug ? LineType.MEDICATION : care(current.division, entry, common);
    if (type == null) {
      return;
    }
    common.put("code", line.at(4));
    common.put("name", entry.map(CodeNames.Entry::name).orElse(line.at(4)));
    for (int day = 1; day <= 31; day++) {
      String count = line.at(FIRST_DAY + day - 1);
      if (!count.isEmpty() && !count.equals("0")) {
        current.records++;
        Map<String, @Nullable String> fields = new LinkedHashMap<>(common);
        fields.put("date", current.month + "-" + (day < 10 ? "0" : "") + day);
        if (drug) {
          fields.put("source", "RECEIPT");
          fields.put("quantity", line.at(5).isEmpty() ? "1" : line.at(5));
          fields.put("unit", entry.map(CodeNames.Entry::unit).orElse("単位"));
          fields.put("days", count);
        } else {
          fields.put("practice", current.division);
          fields.put("times", count);
          if (!line.at(5).isEmpty()) {
            fields.put("quantity", line.at(5));
          }
        }
        lines.accept(
            FeedLine.of(
                type,
                current.lineId(facilityCode),
                fields,
                fields.toString().getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private Map<String, @Nullable String> common(Claim current) {
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    fields.put("insurerNumber", current.insurer);
    fields.put("symbol", current.symbol);
    fields.put("number", current.insured);
    fields.put("branchNumber", current.branch);
    fields.put("birthDate", current.birthDate);
    fields.put("month", current.month);
    fields.put("facilityCode", facilityCode);
    fields.put("facilityName", facilityName);
    return fields;
  }

  /** Null for what is not kept. */
  private static @Nullable LineType care(
      String division, Optional<CodeNames.Entry> entry, Map<String, @Nullable String> fields) {
    if (division.equals("50")) {
      return LineType.SURGERY;
    }
    CareCategory known = entry.map(CodeNames.Entry::category).orElse(null);
    CareCategory category = known != null ? known : ofDivision(division);
    if (category == null) {
      return null;
    }
    fields.put("category", category.name());
    return LineType.CARE;
  }

  private static @Nullable CareCategory ofDivision(String division) {
    return switch (division) {
      case "11", "12" -> CareCategory.VISIT;
      case "13" -> CareCategory.MANAGEMENT;
      case "14" -> CareCategory.HOME_CARE;
      case "64" -> CareCategory.PATHOLOGY;
      case "70" -> CareCategory.IMAGING;
      default -> null;
    };
  }

  private static void refuse(int number, String reason, Consumer<ReadLine> lines) {
    lines.accept(new RejectedLine(Integer.toString(number), "line", reason));
  }

  /** YYYYMM or GYYMM; empty when it is neither. */
  private static String month(String text) {
    String western = western(text, 4);
    return western.length() == 6 ? western.substring(0, 4) + "-" + western.substring(4) : "";
  }

  /** YYYYMMDD or GYYMMDD; empty when it is neither. */
  private static String date(String text) {
    String western = western(text, 6);
    return western.length() == 8
        ? western.substring(0, 4) + "-" + western.substring(4, 6) + "-" + western.substring(6)
        : "";
  }

  private static String western(String text, int afterYear) {
    if (!text.matches("[0-9]+")) {
      return "";
    }
    if (text.length() == afterYear + 2) {
      return text;
    }
    if (text.length() != afterYear + 1) {
      return "";
    }
    int year = Integer.parseInt(text.substring(1, 3));
    // 明治, 大正, 昭和, 平成, 令和: the year before the first, and how many there were.
    int western =
        switch (text.charAt(0)) {
          case '1' -> year <= 45 ? 1867 + year : 0;
          case '2' -> year <= 15 ? 1911 + year : 0;
          case '3' -> year <= 64 ? 1925 + year : 0;
          case '4' -> year <= 31 ? 1988 + year : 0;
          case '5' -> 2018 + year;
          default -> 0;
        };
    return year == 0 || western == 0 ? "" : western + text.substring(3);
  }
}
