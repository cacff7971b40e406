package jp.kazashi.simulator.world;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/** A synthetic person, as insurers registered them. Where no insurer knows them, nobody does. */
record DeckPerson(
    String name,
    String kana,
    String birthDate,
    String sex,
    String postCode,
    String address,
    List<Cover> covers) {

  /** When a cover holds. */
  enum Term {
    /** For years, and still. */
    LONG_SINCE,
    /** Until the month before last. */
    UNTIL_CHANGE,
    /** Since the first of last month. */
    SINCE_CHANGE
  }

  /**
   * One qualification.
   *
   * @param number empty for one who changes the insurer: it is then told by the day of the minting,
   *     so that another change is another person's
   * @param contributionRatio in percent
   */
  record Cover(
      Insurer insurer,
      String symbol,
      String number,
      String branch,
      String relationship,
      int contributionRatio,
      Term term) {

    static Cover of(
        Insurer insurer,
        String symbol,
        String number,
        String branch,
        String relationship,
        int contributionRatio) {
      return new Cover(
          insurer, symbol, number, branch, relationship, contributionRatio, Term.LONG_SINCE);
    }

    Cover untilChange() {
      return lasting(Term.UNTIL_CHANGE);
    }

    Cover sinceChange() {
      return lasting(Term.SINCE_CHANGE);
    }

    private Cover lasting(Term now) {
      return new Cover(insurer, symbol, number, branch, relationship, contributionRatio, now);
    }

    /** The day on which the insurer of a card minted then had changed. */
    static LocalDate change(LocalDate mintedOn) {
      return YearMonth.from(mintedOn).minusMonths(1).atDay(1);
    }
  }

  DeckPerson(
      String name,
      String kana,
      String birthDate,
      String sex,
      String postCode,
      String address,
      Cover... covers) {
    this(name, kana, birthDate, sex, postCode, address, List.of(covers));
  }

  static DeckPerson of(DeckStory story) {
    return switch (story) {
      case HANAKO ->
          new DeckPerson(
              "山田 花子",
              "ヤマダ ハナコ",
              "1978-04-12",
              "FEMALE",
              "100-0000",
              "東京都架空区見本町一丁目２番３号",
              Cover.of(Insurer.SOCIETY, "１２３", "４５６７", "01", "PERSON", 30));
      case TARO ->
          new DeckPerson(
              "佐藤 太郎",
              "サトウ タロウ",
              "1985-09-03",
              "MALE",
              "190-0000",
              "東京都架空市例示町４丁目５番地",
              Cover.of(Insurer.CITY, "架１", "２０３４５", "01", "PERSON", 30));
      case JIRO ->
          new DeckPerson(
              "鈴木 次郎",
              "スズキ ジロウ",
              "1991-01-25",
              "MALE",
              "100-0000",
              "東京都架空区見本町三丁目８番１号",
              Cover.of(Insurer.SOCIETY, "１２３", "８９０１", "02", "FAMILY", 30));
      case SABURO ->
          new DeckPerson(
              "高橋 三郎",
              "タカハシ サブロウ",
              "1962-11-30",
              "MALE",
              "190-0000",
              "東京都架空市例示町１丁目６番地",
              Cover.of(Insurer.CITY, "架１", "３１１８０", "01", "PERSON", 30));
      case SHIRO ->
          new DeckPerson(
              "田中 四郎",
              "タナカ シロウ",
              "1970-06-18",
              "MALE",
              "100-0000",
              "東京都架空区見本町二丁目４番７号",
              Cover.of(Insurer.SOCIETY, "４５", "１１２２", "01", "PERSON", 30));
      case GORO ->
          new DeckPerson(
              "伊藤 五郎",
              "イトウ ゴロウ",
              "1959-02-08",
              "MALE",
              "190-0000",
              "東京都架空市例示町２丁目１１番地",
              Cover.of(Insurer.CITY, "架１", "３５５０１", "01", "PERSON", 30));
      case ROKURO ->
          new DeckPerson(
              "渡辺 六郎",
              "ワタナベ ロクロウ",
              "1996-07-21",
              "MALE",
              "100-0000",
              "東京都架空区見本町四丁目１番９号",
              Cover.of(Insurer.SOCIETY, "４５", "６６０６", "01", "PERSON", 30));
      case NANAKO ->
          new DeckPerson(
              "中村 七子",
              "ナカムラ ナナコ",
              "1944-10-02",
              "FEMALE",
              "190-0000",
              "東京都架空市例示町３丁目７番地",
              Cover.of(Insurer.ELDERLY, "", "０７０７０７０７", "", "PERSON", 20));
      case YAE ->
          new DeckPerson(
              "𠮷田 八重",
              "ヨシダ ヤエ",
              "1967-08-08",
              "FEMALE",
              "190-0000",
              "東京都架空市例示町８丁目８番地",
              Cover.of(Insurer.CITY, "架２", "８０８０８", "01", "PERSON", 30));
      case KYUTA ->
          new DeckPerson(
              "小林 九太",
              "コバヤシ キュウタ",
              "1989-09-19",
              "MALE",
              "100-0000",
              "東京都架空区見本町五丁目９番９号",
              Cover.of(Insurer.SOCIETY, "９９", "", "01", "PERSON", 30).untilChange(),
              Cover.of(Insurer.CITY, "架９", "", "01", "PERSON", 30).sinceChange());
      case TOME ->
          new DeckPerson(
              "加藤 トメ",
              "カトウ トメ",
              "1938-03-03",
              "FEMALE",
              "190-0000",
              "東京都架空市例示町５丁目３番地",
              Cover.of(Insurer.ELDERLY, "", "１０３８０３０３", "", "PERSON", 10));
      case MIDORI ->
          new DeckPerson(
              "木村 緑",
              "キムラ ミドリ",
              "1974-05-04",
              "FEMALE",
              "190-0000",
              "東京都架空市例示町６丁目２番地",
              Cover.of(Insurer.AID, "", "3105046", "", "PERSON", 0));
      case DV ->
          new DeckPerson(
              "清水 静",
              "シミズ シズカ",
              "1987-12-01",
              "FEMALE",
              "100-0000",
              "東京都架空区見本町六丁目６番２号",
              Cover.of(Insurer.SOCIETY, "１２３", "７７１０", "01", "PERSON", 30));
      case DVSTOP ->
          new DeckPerson(
              "森 望",
              "モリ ノゾミ",
              "1992-03-15",
              "FEMALE",
              "100-0000",
              "東京都架空区見本町六丁目１番５号",
              Cover.of(Insurer.SOCIETY, "１２３", "７７２０", "01", "PERSON", 30));
      case RENEWED ->
          new DeckPerson(
              "池田 新",
              "イケダ アラタ",
              "1981-11-11",
              "MALE",
              "190-0000",
              "東京都架空市例示町７丁目１番地",
              Cover.of(Insurer.CITY, "架３", "４１１１１", "01", "PERSON", 30));
      case LATE ->
          new DeckPerson(
              "橋本 遅子",
              "ハシモト チコ",
              "1969-01-30",
              "FEMALE",
              "190-0000",
              "東京都架空市例示町７丁目４番地",
              Cover.of(Insurer.CITY, "架３", "４２２２２", "01", "PERSON", 30));
      case OLDGEN ->
          new DeckPerson(
              "石川 古志",
              "イシカワ フルシ",
              "1955-05-25",
              "MALE",
              "100-0000",
              "東京都架空区見本町七丁目５番１号",
              Cover.of(Insurer.SOCIETY, "４５", "５５０５", "01", "PERSON", 30));
      case FAKE ->
          new DeckPerson("偽野 造", "ニセノ ツクル", "1980-01-01", "MALE", "100-0000", "東京都架空区見本町九丁目９番９号");
      case ANDROID ->
          new DeckPerson(
              "前田 安",
              "マエダ アン",
              "1999-04-24",
              "FEMALE",
              "190-0000",
              "東京都架空市例示町９丁目２番地",
              Cover.of(Insurer.CITY, "架３", "４３３３３", "01", "PERSON", 30));
      case IPHONE ->
          new DeckPerson(
              "藤田 蓮",
              "フジタ レン",
              "2001-06-24",
              "MALE",
              "100-0000",
              "東京都架空区見本町八丁目３番４号",
              Cover.of(Insurer.SOCIETY, "４５", "２４０６", "01", "PERSON", 30));
    };
  }

  @Override
  public String toString() {
    return "DeckPerson[…]";
  }
}
