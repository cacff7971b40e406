package jp.kazashi.simulator.population;

/** Names as they are registered, with their reading in kana. */
final class Names {
  private Names() {}

  /** A registered name and its reading. */
  record Name(String registered, String kana) {}

  // Frequent surnames with rough weights; readings are the usual ones.
  private static final String[] SURNAMES =
      ("佐藤 サトウ 185 鈴木 スズキ 177 高橋 タカハシ 138 田中 タナカ 131 伊藤 イトウ 105 渡辺 ワタナベ 104"
              + " 山本 ヤマモト 104 中村 ナカムラ 103 小林 コバヤシ 102 加藤 カトウ 87 吉田 ヨシダ 82 山田 ヤマダ 80"
              + " 佐々木 ササキ 66 山口 ヤマグチ 63 松本 マツモト 62 井上 イノウエ 60 木村 キムラ 57 林 ハヤシ 54"
              + " 斎藤 サイトウ 53 清水 シミズ 52 山崎 ヤマザキ 47 阿部 アベ 44 森 モリ 46 池田 イケダ 44"
              + " 橋本 ハシモト 44 山下 ヤマシタ 41 石川 イシカワ 41 中島 ナカジマ 39 前田 マエダ 37 藤田 フジタ 37"
              + " 小川 オガワ 37 後藤 ゴトウ 37 岡田 オカダ 36 長谷川 ハセガワ 36 村上 ムラカミ 36 近藤 コンドウ 36"
              + " 石井 イシイ 35 坂本 サカモト 34 遠藤 エンドウ 32 青木 アオキ 31 藤井 フジイ 31 西村 ニシムラ 30"
              + " 福田 フクダ 29 太田 オオタ 29 三浦 ミウラ 29 藤原 フジワラ 29 松田 マツダ 28 岡本 オカモト 28"
              + " 中川 ナカガワ 28 中野 ナカノ 27 原田 ハラダ 27 小野 オノ 26 田村 タムラ 26 竹内 タケウチ 25"
              + " 金子 カネコ 25 和田 ワダ 24 中山 ナカヤマ 24 石田 イシダ 24 上田 ウエダ 24 森田 モリタ 23"
              + " 柴田 シバタ 22 酒井 サカイ 22 横山 ヨコヤマ 21 宮崎 ミヤザキ 21 宮本 ミヤモト 21 内田 ウチダ 20"
              + " 高木 タカギ 20 谷口 タニグチ 20 安藤 アンドウ 20 丸山 マルヤマ 19 大野 オオノ 19 今井 イマイ 19"
              + " 河野 コウノ 18 藤本 フジモト 18 村田 ムラタ 18 武田 タケダ 18 上野 ウエノ 18 杉山 スギヤマ 17"
              + " 増田 マスダ 17 平野 ヒラノ 17 大塚 オオツカ 17 千葉 チバ 17 久保 クボ 16 小島 コジマ 16"
              + " 土屋 ツチヤ 10 葛西 カサイ 6 辻 ツジ 12 柳田 ヤナギダ 8 榊 サカキ 3 樋口 ヒグチ 14 榎本 エノモト 10")
          .split(" ");

  private static final String[] MEN_OLD =
      ("茂 シゲル 清 キヨシ 実 ミノル 弘 ヒロシ 勇 イサム 勝 マサル 進 ススム 正 タダシ 隆 タカシ 博 ヒロシ 豊 ユタカ"
              + " 昭 アキラ 和夫 カズオ 正夫 マサオ 幸雄 ユキオ 武 タケシ 誠 マコト 健一 ケンイチ 修 オサム 稔 ミノル"
              + " 敏夫 トシオ 義雄 ヨシオ 健二 ケンジ 浩 ヒロシ 明 アキラ 剛 ツヨシ 一郎 イチロウ")
          .split(" ");

  private static final String[] MEN_YOUNG =
      ("大輔 ダイスケ 健太 ケンタ 翔 ショウ 拓也 タクヤ 直樹 ナオキ 翔太 ショウタ 蓮 レン 大和 ヤマト 悠斗 ユウト 陽翔 ハルト"
              + " 湊 ミナト 樹 イツキ 颯太 ソウタ 悠真 ユウマ 陸 リク 駿 シュン 亮 リョウ 和也 カズヤ 達也 タツヤ"
              + " 学 マナブ 哲也 テツヤ 誠 マコト 大樹 ダイキ 海斗 カイト 律 リツ 朝陽 アサヒ")
          .split(" ");

  private static final String[] WOMEN_OLD =
      ("和子 カズコ 幸子 サチコ 節子 セツコ 洋子 ヨウコ 文子 フミコ 千代子 チヨコ 恵子 ケイコ 京子 キョウコ 美智子 ミチコ"
              + " 久子 ヒサコ 弘子 ヒロコ 悦子 エツコ 順子 ジュンコ 由美子 ユミコ 真由美 マユミ 明美 アケミ 直美 ナオミ"
              + " 敏子 トシコ 光子 ミツコ 澄子 スミコ 芳子 ヨシコ 静江 シズエ 典子 ノリコ 裕子 ユウコ 陽子 ヨウコ")
          .split(" ");

  private static final String[] WOMEN_YOUNG =
      ("愛 アイ 美咲 ミサキ 葵 アオイ 陽菜 ヒナ 結衣 ユイ 結菜 ユナ 凛 リン 紬 ツムギ 咲良 サクラ 美優 ミユ 彩 アヤ"
              + " 恵 メグミ 麻衣 マイ 沙織 サオリ 香織 カオリ 裕美 ヒロミ 智子 トモコ 芽依 メイ 莉子 リコ 花 ハナ"
              + " 杏 アン 楓 カエデ 真央 マオ 優奈 ユナ 萌 モエ 七海 ナナミ")
          .split(" ");

  /** Outside CP932: of the basic plane, of a supplementary plane, or with a variation selector. */
  private static final String[][] RARE_SURNAMES = {
    {"吉田", "𠮷田"}, // U+20BB7
    {"橋本", "𣘺本"}, // U+2363A
    {"高橋", "高槗"}, // U+69D7
    {"土屋", "𡈽屋"}, // U+2123D
    {"葛西", "葛\uDB40\uDD00西"},
    {"辻", "辻\uDB40\uDD00"},
    {"渡辺", "渡邉\uDB40\uDD02"},
    {"榊", "榊\uDB40\uDD00"},
    {"樋口", "樋\uDB40\uDD00口"},
    {"中島", "中㟢"},
  };

  private static final Weights SURNAME_WEIGHTS = surnameWeights();
  private static final Weights RARE_WEIGHTS = Weights.of(30, 10, 15, 5, 10, 6, 15, 3, 4, 2);

  /** A family's surname: its place in the table, or past the table a rare one. */
  static int surname(Draw draw) {
    return draw.chance(Japan.RARE_NAMES / 1000)
        ? SURNAME_WEIGHTS.size() + RARE_WEIGHTS.draw(draw)
        : SURNAME_WEIGHTS.draw(draw);
  }

  static Name of(int surname, boolean woman, int bornYear, Draw draw) {
    String[] table =
        bornYear < 1972 ? (woman ? WOMEN_OLD : MEN_OLD) : woman ? WOMEN_YOUNG : MEN_YOUNG;
    int given = 2 * draw.below(table.length / 2);
    int known =
        surname < SURNAME_WEIGHTS.size()
            ? surname
            : usual(RARE_SURNAMES[surname - SURNAME_WEIGHTS.size()][0]);
    String written =
        surname < SURNAME_WEIGHTS.size()
            ? SURNAMES[3 * surname]
            : RARE_SURNAMES[surname - SURNAME_WEIGHTS.size()][1];
    return new Name(written + "　" + table[given], SURNAMES[3 * known + 1] + " " + table[given + 1]);
  }

  private static int usual(String surname) {
    for (int place = 0; place < SURNAMES.length / 3; place++) {
      if (SURNAMES[3 * place].equals(surname)) {
        return place;
      }
    }
    throw new IllegalStateException("No usual form of " + surname);
  }

  private static Weights surnameWeights() {
    double[] weights = new double[SURNAMES.length / 3];
    for (int place = 0; place < weights.length; place++) {
      weights[place] = Double.parseDouble(SURNAMES[3 * place + 2]);
    }
    return Weights.of(weights);
  }
}
