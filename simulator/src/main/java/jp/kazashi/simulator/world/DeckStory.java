package jp.kazashi.simulator.world;

import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A card of the deck: what happened to its holder, told relative to the day it is minted. A story
 * is true as long as its certificate ends between two days counted from today.
 */
enum DeckStory {
  HANAKO("ふだんどおりの利用者", "資格を確認。同意すれば薬剤情報も見られる", "ANSWERED", "P4Y", "P4M", "P6Y", false),
  TARO("証明書が60日後に切れる", "資格を確認。更新のお知らせが出る", "ANSWERED", "P60D", "P30D", "P75D", false),
  JIRO("証明書が1か月前に切れた（猶予期間）", "資格だけを確認。同意の画面は出ない", "ANSWERED", "-P1M", "-P75D", "-P7D", false),
  SABURO(
      "証明書が4か月前に切れた（猶予期間も過ぎた）",
      "断る。証明書の更新と再登録を案内",
      "CERTIFICATE_ENDED",
      "-P4M",
      "-P2Y",
      "-P4M",
      false),
  SHIRO("カードを失くして届け出た（失効）", "断る。新しいカードか資格確認書を案内", "CERTIFICATE_REVOKED", "P3Y", "P4M", "P6Y", true);

  /** Of every card whose story says nothing else. */
  static final String PIN = "1234";

  private final String story;
  private final String expectation;
  private final String expected;
  private final Period end;
  private final Period earliest;
  private final Period latest;
  private final boolean lost;

  DeckStory(
      String story,
      String expectation,
      String expected,
      String end,
      String earliest,
      String latest,
      boolean lost) {
    this.story = story;
    this.expectation = expectation;
    this.expected = expected;
    this.end = Period.parse(end);
    this.earliest = Period.parse(earliest);
    this.latest = Period.parse(latest);
    this.lost = lost;
  }

  static Optional<DeckStory> named(String card) {
    return Arrays.stream(values()).filter(story -> story.card().equals(card)).findFirst();
  }

  static String names() {
    return String.join(", ", Arrays.stream(values()).map(DeckStory::card).toList());
  }

  /** The card's name. */
  String card() {
    return name().toLowerCase(Locale.ROOT);
  }

  String story() {
    return story;
  }

  /** For people: what the counter will see. */
  String expectation() {
    return expectation;
  }

  /** For programs: ANSWERED or the reason of the refusal. */
  String expected() {
    return expected;
  }

  boolean isLost() {
    return lost;
  }

  DeckPerson person() {
    return DeckPerson.of(this);
  }

  /** The last day of a certificate minted today. */
  LocalDate lastDay(LocalDate today) {
    return today.plus(end);
  }

  boolean isTrue(LocalDate lastDay, LocalDate today) {
    return !lastDay.isBefore(today.plus(earliest)) && !lastDay.isAfter(today.plus(latest));
  }
}
