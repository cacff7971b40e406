package jp.kazashi.simulator.world;

/** A synthetic person, as one insurer registered them. */
record DeckPerson(
    String name,
    String kana,
    String birthDate,
    String sex,
    String postCode,
    String address,
    Insurer insurer,
    String symbol,
    String number,
    String branch,
    String relationship,
    int contributionRatio) {
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
              Insurer.SOCIETY,
              "１２３",
              "４５６７",
              "01",
              "PERSON",
              30);
      case TARO ->
          new DeckPerson(
              "佐藤 太郎",
              "サトウ タロウ",
              "1985-09-03",
              "MALE",
              "190-0000",
              "東京都架空市例示町４丁目５番地",
              Insurer.CITY,
              "架１",
              "２０３４５",
              "01",
              "PERSON",
              30);
      case JIRO ->
          new DeckPerson(
              "鈴木 次郎",
              "スズキ ジロウ",
              "1991-01-25",
              "MALE",
              "100-0000",
              "東京都架空区見本町三丁目８番１号",
              Insurer.SOCIETY,
              "１２３",
              "８９０１",
              "02",
              "FAMILY",
              30);
      case SABURO ->
          new DeckPerson(
              "高橋 三郎",
              "タカハシ サブロウ",
              "1962-11-30",
              "MALE",
              "190-0000",
              "東京都架空市例示町１丁目６番地",
              Insurer.CITY,
              "架１",
              "３１１８０",
              "01",
              "PERSON",
              30);
      case SHIRO ->
          new DeckPerson(
              "田中 四郎",
              "タナカ シロウ",
              "1970-06-18",
              "MALE",
              "100-0000",
              "東京都架空区見本町二丁目４番７号",
              Insurer.SOCIETY,
              "４５",
              "１１２２",
              "01",
              "PERSON",
              30);
    };
  }

  @Override
  public String toString() {
    return "DeckPerson[…]";
  }
}
