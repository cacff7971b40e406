package jp.kazashi.simulator.world;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import jp.kazashi.simulator.card.CardForm;

/**
 * A card of the deck: what happened to its holder, told relative to the day it is minted. A story
 * is true as long as its certificate ends between two days counted from today, and what else it
 * tells still holds.
 */
enum DeckStory {
  HANAKO("ふだんどおりの利用者", "資格を確認。同意すれば薬剤情報なども見られる", "ANSWERED"),
  TARO("証明書が60日後に切れる", "資格を確認。更新のお知らせが出る", "ANSWERED"),
  JIRO("証明書が1か月前に切れた（猶予期間）", "資格だけを確認。同意の画面は出ない", "ANSWERED"),
  SABURO("証明書が4か月前に切れた（猶予期間も過ぎた）", "断る。証明書の更新と再登録を案内", "CERTIFICATE_ENDED"),
  SHIRO("カードを失くして届け出た（失効）", "断る。新しいカードか資格確認書を案内", "CERTIFICATE_REVOKED"),
  GORO("暗証番号を3回間違えてロックされた", "暗証番号では断る。顔か目視なら確認できる", "PIN_BLOCKED"),
  ROKURO("カードは有効だが、保険証の利用登録をしていない", "断る。利用登録を案内", "NOT_REGISTERED"),
  NANAKO("顔認証マイナンバーカード（暗証番号がない）", "顔で資格を確認。暗証番号では断る", "ANSWERED"),
  YAE("氏名に CP932 にない文字がある（𠮷）", "資格を確認。置き換えた文字を知らせる", "ANSWERED"),
  KYUTA("先月、転職して保険者が変わった", "新しい保険者の資格を確認。古い資格は無効", "ANSWERED"),
  TOME("75歳以上（後期高齢者医療、1割負担）", "資格を確認。負担割合は1割", "ANSWERED"),
  MIDORI("医療扶助を受けている", "医療扶助の資格を確認", "ANSWERED"),
  DV("不開示該当の利用者", "ふだんどおり。カードなしの照会に住所は出ず、閲覧履歴は空", "ANSWERED"),
  DVSTOP("自己情報提供不可の利用者", "理由を明かさずに断り、ほかの方法を案内", "CHECK_NOT_POSSIBLE"),
  RENEWED("期限の前に証明書を更新した（新しい番号）", "資格を確認。登録は自動で引き継がれる", "ANSWERED"),
  LATE("猶予期間の後に証明書を更新した", "断る。もう一度の利用登録を案内", "NOT_REGISTERED"),
  OLDGEN("古い世代の認証局の証明書", "資格を確認", "ANSWERED"),
  FAKE("知らない認証局が署名した偽のカード", "断る", "CERTIFICATE_NOT_TRUSTED"),
  ANDROID("Android のスマートフォン", "暗証番号で資格を確認", "ANSWERED"),
  IPHONE("iPhone のマイナンバーカード", "本人確認は iPhone が済ませている。資格を確認", "ANSWERED");

  /** What is out of the ordinary with it. */
  enum Twist {
    NONE,
    LOST,
    PIN_BLOCKED,
    NEVER_REGISTERED,
    WITHOUT_PIN,
    INSURER_CHANGED,
    /** 不開示該当, as the insurer says. */
    UNDISCLOSED,
    /** 自己情報提供不可, as the insurer says. */
    PROVISION_BARRED,
    STRANGERS
  }

  /** What there was before this certificate, and was registered in its place. */
  enum Predecessor {
    NONE,
    /** Ended lately, and was renewed before. */
    RENEWED_IN_TIME,
    /** Ended longer ago than the grace is, and was renewed after that. */
    RENEWED_LATE,
    /** The card that a phone's certificate was derived from. */
    PARENT_CARD
  }

  /** Of every card whose story says nothing else. */
  static final String PIN = "1234";

  private final String story;
  private final String expectation;
  private final String expected;

  DeckStory(String story, String expectation, String expected) {
    this.story = story;
    this.expectation = expectation;
    this.expected = expected;
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

  /** For programs: ANSWERED or the reason of the refusal, by the method of the story. */
  String expected() {
    return expected;
  }

  DeckMaking making() {
    return DeckMaking.of(this);
  }

  boolean is(Twist twist) {
    return making().twist() == twist;
  }

  /** Not registered yet: whoever uses it may register it, and its story is over. */
  boolean canBeRegistered() {
    return is(Twist.NEVER_REGISTERED)
        || making().predecessor() == DeckStory.Predecessor.RENEWED_LATE;
  }

  boolean isPhone() {
    return making().form() != CardForm.MY_NUMBER_CARD;
  }

  /** How its holder is confirmed: FACE where there is no PIN, PHONE by a phone. */
  String method() {
    return isPhone() ? "PHONE" : is(Twist.WITHOUT_PIN) ? "FACE" : "PIN";
  }

  /** What is typed; empty where nothing is. */
  Optional<String> pin() {
    return is(Twist.WITHOUT_PIN) || making().form() == CardForm.IPHONE
        ? Optional.empty()
        : Optional.of(PIN);
  }

  DeckPerson person() {
    return DeckPerson.of(this);
  }

  /** The last day of a certificate minted today. */
  LocalDate lastDay(LocalDate today) {
    return today.plus(making().end());
  }

  boolean isTrue(LocalDate lastDay, LocalDate today) {
    return !lastDay.isBefore(today.plus(making().earliest()))
        && !lastDay.isAfter(today.plus(making().latest()));
  }
}
