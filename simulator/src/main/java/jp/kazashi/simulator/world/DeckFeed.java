package jp.kazashi.simulator.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.kazashi.simulator.population.Feed.Intake;

/** What insurers know of the deck's people, as the lines of their feeds. */
final class DeckFeed {
  /** Lines that are sent together; the same batch again is taken for a duplicate. */
  record Batch(Insurer from, Intake to, String id, List<Map<String, Object>> lines) {
    String ndjson() {
      StringBuilder text = new StringBuilder();
      lines.forEach(line -> text.append(Json.line(line)).append('\n'));
      return text.toString();
    }
  }

  private static final Facility PHARMACY = new Facility("1344444443", "見本薬局");
  private static final Facility CLINIC = new Facility(WorldRun.INSTITUTION, "見本クリニック");
  private static final Facility HOSPITAL = new Facility("1311111118", "見本総合病院");

  /** A welfare office gives one for each month; the deck has them for a year. */
  private static final int MONTHS_WITH_TICKET = 12;

  private record Facility(String code, String name) {
    void tell(Map<String, Object> line) {
      line.put("facilityCode", code);
      line.put("facilityName", name);
    }
  }

  private final Deck deck;

  DeckFeed(Deck deck) {
    this.deck = deck;
  }

  /** People before the cards that are linked to them. */
  List<Batch> batches() {
    List<Batch> batches = new ArrayList<>();
    for (DeckCard card : deck.cards()) {
      List<DeckPerson.Cover> covers = card.story().person().covers();
      String who = deck.madeOn() + "-" + card.personCode().substring(2);
      for (int i = 0; i < covers.size(); i++) {
        Map<String, Object> line = qualification(card, covers.get(i));
        // What a newer deck tells otherwise is a batch of its own, and corrects.
        String id = "deck-person-" + who + "-" + digest(line);
        batches.add(new Batch(covers.get(i).insurer(), Intake.QUALIFICATIONS, id, List.of(line)));
      }
      if (covers.isEmpty()) {
        continue;
      }
      Insurer insurer = covers.getLast().insurer();
      card.registered()
          .ifPresent(registered ->
              batches.add(
                  new Batch(
                      insurer,
                      Intake.QUALIFICATIONS,
                      "deck-link-" + registered.certificate().serial().toString(16),
                      List.of(registration(card, registered)))));
      if (insurer.isPublicPayer()) {
        add(batches, insurer, Intake.QUALIFICATIONS, "deck-tickets-" + who, tickets(card));
      }
      add(batches, insurer, Intake.CLAIMS, "deck-claims-" + who, medications(card));
      add(batches, insurer, Intake.CLAIMS, "deck-care-" + who, care(card));
      add(batches, insurer, Intake.CHECKUPS, "deck-checkups-" + who, checkups(card));
    }
    return batches;
  }

  private static void add(
      List<Batch> batches, Insurer from, Intake to, String id, List<Map<String, Object>> lines) {
    if (!lines.isEmpty()) {
      batches.add(new Batch(from, to, id, lines));
    }
  }

  private static String digest(Map<String, Object> line) {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256")
              .digest(Json.line(line).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, 6);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private Map<String, Object> qualification(DeckCard card, DeckPerson.Cover cover) {
    DeckPerson person = card.story().person();
    Map<String, Object> line = line("qualification", 1, card);
    line.put("name", person.name());
    line.put("nameKana", person.kana());
    line.put("birthDate", person.birthDate());
    line.put("sex", person.sex());
    line.put("postCode", person.postCode());
    line.put("address", person.address());
    line.put("kind", cover.insurer().isPublicPayer() ? "MEDICAL_AID" : "MEDICAL_INSURANCE");
    line.put("insurerNumber", cover.insurer().number());
    line.put("insurerName", cover.insurer().fullName());
    putUnlessEmpty(line, "symbol", cover.symbol());
    line.put("number", number(card, cover));
    putUnlessEmpty(line, "branchNumber", cover.branch());
    line.put("relationship", cover.relationship());
    line.put("contributionRatio", cover.contributionRatio());
    putTerm(line, cover.term(), card.mintedOn());
    if (card.story().is(DeckStory.Twist.UNDISCLOSED)) {
      line.put("undisclosed", true);
    }
    if (card.story().is(DeckStory.Twist.PROVISION_BARRED)) {
      line.put("provisionBarred", true);
    }
    return line;
  }

  private static String number(DeckCard card, DeckPerson.Cover cover) {
    return cover.number().isEmpty() ? dayNumber(card.mintedOn()) : cover.number();
  }

  private void putTerm(Map<String, Object> line, DeckPerson.Term term, LocalDate mintedOn) {
    LocalDate change = DeckPerson.Cover.change(mintedOn);
    // The fiscal year two years back: in force long before anything that is told.
    LocalDate longSince = LocalDate.of(deck.madeOn().getYear() - 2, 4, 1);
    LocalDate since = term == DeckPerson.Term.SINCE_CHANGE ? change : longSince;
    line.put("issuedOn", since.toString());
    line.put("validFrom", since.toString());
    if (term == DeckPerson.Term.UNTIL_CHANGE) {
      line.put("validTo", change.minusDays(1).toString());
    }
  }

  private static void putUnlessEmpty(Map<String, Object> line, String field, String value) {
    if (!value.isEmpty()) {
      line.put(field, value);
    }
  }

  /** In the full-width digits that insurers use. */
  private static String dayNumber(LocalDate day) {
    StringBuilder number = new StringBuilder();
    day.toString()
        .replace("-", "")
        .chars()
        .map(digit -> digit - '0' + '０')
        .forEach(number::appendCodePoint);
    return number.toString();
  }

  private Map<String, Object> registration(DeckCard card, DeckCard.Registered registered) {
    Map<String, Object> line = line("registration", 1, card);
    line.put("issuer", Base64.getEncoder().encodeToString(deck.issuerOf(registered.certificate())));
    line.put("serial", registered.certificate().serial().toString(16));
    line.put("registeredAt", registered.at().toString());
    return line;
  }

  /** 医療券 for the clinic of the world. */
  private List<Map<String, Object>> tickets(DeckCard card) {
    DeckPerson.Cover cover = card.story().person().covers().getLast();
    YearMonth first = YearMonth.from(card.mintedOn());
    List<Map<String, Object>> lines = new ArrayList<>();
    for (int i = 0; i < MONTHS_WITH_TICKET; i++) {
      YearMonth month = first.plusMonths(i);
      Map<String, Object> line = line("ticket", i + 1, card);
      line.put("insurerNumber", cover.insurer().number());
      line.put("number", number(card, cover));
      line.put("ticketType", "MEDICAL");
      line.put("month", month.toString());
      line.put("issueNumber", "1");
      line.put("validFrom", month.atDay(1).toString());
      line.put("validTo", month.atEndOfMonth().toString());
      line.put("treatment", "OUTPATIENT");
      CLINIC.tell(line);
      line.put("selfPay", 0);
      line.put("singleOrCombined", "SINGLE");
      lines.add(line);
    }
    return lines;
  }

  private List<Map<String, Object>> medications(DeckCard card) {
    List<Map<String, Object>> lines = new ArrayList<>();
    switch (card.story()) {
      case HANAKO -> {
        // Claims reach the month before last; since then the pharmacy's own word.
        for (int monthsAgo = 8; monthsAgo >= 2; monthsAgo--) {
          medication(lines, card, monthsAgo, "RECEIPT", Drug.AMLODIPINE, 28);
          if (monthsAgo % 2 == 0) {
            medication(lines, card, monthsAgo, "RECEIPT", Drug.ROSUVASTATIN, 56);
          }
        }
        medication(lines, card, 5, "RECEIPT", Drug.LOXOPROFEN, 5);
        medication(lines, card, 1, "DISPENSING", Drug.AMLODIPINE, 28);
      }
      case TARO, RENEWED, LATE, OLDGEN, ANDROID, IPHONE, GORO ->
          medication(lines, card, 3, "RECEIPT", Drug.LOXOPROFEN, 7);
      case NANAKO, TOME -> {
        medication(lines, card, 4, "RECEIPT", Drug.AMLODIPINE, 28);
        medication(lines, card, 3, "RECEIPT", Drug.MAGNESIUM, 28);
      }
      // There is something to see, and in grace nobody sees it.
      case JIRO -> medication(lines, card, 4, "RECEIPT", Drug.MAGNESIUM, 14);
      case SABURO, SHIRO, ROKURO, YAE, KYUTA, MIDORI, DV, DVSTOP, FAKE -> {}
    }
    return lines;
  }

  private void medication(
      List<Map<String, Object>> lines,
      DeckCard card,
      int monthsAgo,
      String source,
      Drug drug,
      int days) {
    YearMonth month = YearMonth.from(deck.madeOn()).minusMonths(monthsAgo);
    Map<String, Object> line = line("medication", lines.size() + 1, card);
    line.put("source", source);
    line.put("month", month.toString());
    line.put("date", month.atDay(3 + monthsAgo).toString());
    PHARMACY.tell(line);
    line.put("code", drug.code);
    line.put("name", drug.label);
    line.put("ingredient", drug.ingredient);
    line.put("quantity", drug.daily);
    line.put("unit", "錠");
    line.put("usage", drug.usage);
    line.put("days", days);
    lines.add(line);
  }

  /** Visits, what was done in them, and an operation. */
  private List<Map<String, Object>> care(DeckCard card) {
    List<Map<String, Object>> lines = new ArrayList<>();
    switch (card.story()) {
      case HANAKO -> {
        for (int monthsAgo = 8; monthsAgo >= 2; monthsAgo--) {
          care(lines, card, monthsAgo, CLINIC, Act.VISIT);
          care(lines, card, monthsAgo, CLINIC, Act.MANAGEMENT);
        }
        care(lines, card, 14, HOSPITAL, Act.IMAGING);
        care(lines, card, 14, HOSPITAL, Act.PATHOLOGY);
        care(lines, card, 13, HOSPITAL, Act.OPERATION);
      }
      case TARO, GORO, NANAKO, RENEWED, LATE, OLDGEN, ANDROID, IPHONE ->
          care(lines, card, 3, CLINIC, Act.VISIT);
      case TOME -> {
        for (int monthsAgo = 6; monthsAgo >= 2; monthsAgo--) {
          care(lines, card, monthsAgo, CLINIC, Act.VISIT);
          care(lines, card, monthsAgo, HOSPITAL, Act.DIALYSIS);
        }
        care(lines, card, 20, HOSPITAL, Act.OPERATION);
      }
      case JIRO, SABURO, SHIRO, ROKURO, YAE, KYUTA, MIDORI, DV, DVSTOP, FAKE -> {}
    }
    return lines;
  }

  private void care(
      List<Map<String, Object>> lines, DeckCard card, int monthsAgo, Facility facility, Act act) {
    YearMonth month = YearMonth.from(deck.madeOn()).minusMonths(monthsAgo);
    Map<String, Object> line =
        line(act == Act.OPERATION ? "surgery" : "care", lines.size() + 1, card);
    line.put("month", month.toString());
    line.put("date", month.atDay(3 + monthsAgo).toString());
    facility.tell(line);
    if (act != Act.OPERATION) {
      line.put("category", act.name());
    }
    line.put("code", act.code);
    line.put("name", act.label);
    line.put("quantity", "1");
    line.put("unit", "回");
    line.put("inpatient", Boolean.toString(act == Act.OPERATION));
    lines.add(line);
  }

  /** Two years of 特定健診. */
  private List<Map<String, Object>> checkups(DeckCard card) {
    return switch (card.story()) {
      case HANAKO -> List.of(checkup(card, 1, 18, "128", "5.6"), checkup(card, 2, 6, "134", "5.8"));
      case TARO, GORO, NANAKO, TOME -> List.of(checkup(card, 1, 7, "121", "5.4"));
      case JIRO,
          SABURO,
          SHIRO,
          ROKURO,
          YAE,
          KYUTA,
          MIDORI,
          DV,
          DVSTOP,
          RENEWED,
          LATE,
          OLDGEN,
          FAKE,
          ANDROID,
          IPHONE ->
          List.of();
    };
  }

  private Map<String, Object> checkup(
      DeckCard card, int number, int monthsAgo, String systolic, String haemoglobin) {
    Map<String, Object> line = line("checkup", number, card);
    line.put("date", YearMonth.from(deck.madeOn()).minusMonths(monthsAgo).atDay(12).toString());
    line.put("kind", "10");
    line.put("programme", "010");
    HOSPITAL.tell(line);
    Map<String, String> items = new LinkedHashMap<>();
    items.put("9N001000000000001", "158.4");
    items.put("9N006000000000001", "56.2");
    items.put("9N011000000000001", "22.4");
    items.put("9A751000000000001", systolic);
    items.put("9A761000000000001", "82");
    items.put("3F015000002327101", "118");
    items.put("3F077000002327101", "126");
    items.put("3D046000001906202", haemoglobin);
    items.put("1A020000000191111", "1");
    items.put("9N736000000000011", "3");
    line.put("items", items);
    return line;
  }

  private static Map<String, Object> line(String type, int number, DeckCard card) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", type);
    line.put("line", Integer.toString(number));
    line.put("personCode", card.personCode());
    return line;
  }

  /** Substances are real; codes and the maker are not. */
  private enum Drug {
    AMLODIPINE("699900101", "アムロジピン錠５ｍｇ「カザシ」", "アムロジピンベシル酸塩", "1", "１日１回朝食後"),
    ROSUVASTATIN("699900102", "ロスバスタチン錠２．５ｍｇ「カザシ」", "ロスバスタチンカルシウム", "1", "１日１回夕食後"),
    LOXOPROFEN("699900103", "ロキソプロフェンＮａ錠６０ｍｇ「カザシ」", "ロキソプロフェンナトリウム水和物", "3", "１日３回毎食後"),
    MAGNESIUM("699900104", "酸化マグネシウム錠３３０ｍｇ「カザシ」", "酸化マグネシウム", "2", "１日２回朝夕食後");

    private final String code;
    private final String label;
    private final String ingredient;
    private final String daily;
    private final String usage;

    Drug(String code, String label, String ingredient, String daily, String usage) {
      this.code = code;
      this.label = label;
      this.ingredient = ingredient;
      this.daily = daily;
      this.usage = usage;
    }
  }

  /** Kinds of acts are real; their codes are not. */
  private enum Act {
    VISIT("199900101", "再診"),
    MANAGEMENT("199900102", "生活習慣病の管理"),
    IMAGING("199900103", "腹部の超音波検査"),
    PATHOLOGY("199900104", "組織の顕微鏡検査"),
    DIALYSIS("199900105", "人工腎臓"),
    OPERATION("199900106", "内視鏡による大腸ポリープの切除");

    private final String code;
    private final String label;

    Act(String code, String label) {
      this.code = code;
      this.label = label;
    }
  }
}
