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

/** What insurers know of the deck's people, as the lines of their feeds. */
final class DeckFeed {
  /** Where a batch goes. */
  enum Intake {
    QUALIFICATIONS("/v1/intake/qualifications"),
    CLAIMS("/v1/intake/claims");

    private final String path;

    Intake(String path) {
      this.path = path;
    }

    String path() {
      return path;
    }
  }

  /** Lines that are sent together; the same batch again is taken for a duplicate. */
  record Batch(Insurer from, Intake to, String id, List<Map<String, Object>> lines) {
    String ndjson() {
      StringBuilder text = new StringBuilder();
      lines.forEach(line -> text.append(Json.line(line)).append('\n'));
      return text.toString();
    }
  }

  private static final String PHARMACY = "1344444443";

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
      List<Map<String, Object>> medications = medications(card);
      if (!medications.isEmpty()) {
        batches.add(new Batch(insurer, Intake.CLAIMS, "deck-claims-" + who, medications));
      }
    }
    return batches;
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
    line.put("number", cover.number().isEmpty() ? dayNumber(card.mintedOn()) : cover.number());
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
    line.put("facilityCode", PHARMACY);
    line.put("facilityName", "見本薬局");
    line.put("code", drug.code);
    line.put("name", drug.label);
    line.put("ingredient", drug.ingredient);
    line.put("quantity", drug.daily);
    line.put("unit", "錠");
    line.put("usage", drug.usage);
    line.put("days", days);
    lines.add(line);
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
}
