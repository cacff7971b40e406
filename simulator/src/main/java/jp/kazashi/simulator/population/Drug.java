package jp.kazashi.simulator.population;

/**
 * Common drugs. Substances are real; the maker is none, and the codes are the form of real ones.
 */
// The place gives the code.
@SuppressWarnings("EnumOrdinal")
enum Drug {
  AMLODIPINE("アムロジピン錠５ｍｇ", "アムロジピンベシル酸塩", "錠", 1, "１日１回朝食後"),
  CANDESARTAN("カンデサルタン錠８ｍｇ", "カンデサルタンシレキセチル", "錠", 1, "１日１回朝食後"),
  TELMISARTAN("テルミサルタン錠４０ｍｇ", "テルミサルタン", "錠", 1, "１日１回朝食後"),
  TRICHLORMETHIAZIDE("トリクロルメチアジド錠１ｍｇ", "トリクロルメチアジド", "錠", 1, "１日１回朝食後"),
  ROSUVASTATIN("ロスバスタチン錠２．５ｍｇ", "ロスバスタチンカルシウム", "錠", 1, "１日１回夕食後"),
  ATORVASTATIN("アトルバスタチン錠１０ｍｇ", "アトルバスタチンカルシウム水和物", "錠", 1, "１日１回夕食後"),
  EZETIMIBE("エゼチミブ錠１０ｍｇ", "エゼチミブ", "錠", 1, "１日１回朝食後"),
  METFORMIN("メトホルミン塩酸塩錠２５０ｍｇ", "メトホルミン塩酸塩", "錠", 3, "１日３回毎食後"),
  SITAGLIPTIN("シタグリプチン錠５０ｍｇ", "シタグリプチンリン酸塩水和物", "錠", 1, "１日１回朝食後"),
  EMPAGLIFLOZIN("エンパグリフロジン錠１０ｍｇ", "エンパグリフロジン", "錠", 1, "１日１回朝食後"),
  GLIMEPIRIDE("グリメピリド錠１ｍｇ", "グリメピリド", "錠", 1, "１日１回朝食前"),
  LANTHANUM("炭酸ランタンＯＤ錠２５０ｍｇ", "炭酸ランタン水和物", "錠", 3, "１日３回毎食直後"),
  ASPIRIN("アスピリン腸溶錠１００ｍｇ", "アスピリン", "錠", 1, "１日１回朝食後"),
  CLOPIDOGREL("クロピドグレル錠７５ｍｇ", "クロピドグレル硫酸塩", "錠", 1, "１日１回朝食後"),
  EDOXABAN("エドキサバン錠３０ｍｇ", "エドキサバントシル酸塩水和物", "錠", 1, "１日１回朝食後"),
  BISOPROLOL("ビソプロロールフマル酸塩錠２．５ｍｇ", "ビソプロロールフマル酸塩", "錠", 1, "１日１回朝食後"),
  LANSOPRAZOLE("ランソプラゾールＯＤ錠１５ｍｇ", "ランソプラゾール", "錠", 1, "１日１回朝食後"),
  VONOPRAZAN("ボノプラザン錠１０ｍｇ", "ボノプラザンフマル酸塩", "錠", 1, "１日１回夕食後"),
  ALENDRONATE("アレンドロン酸錠３５ｍｇ", "アレンドロン酸ナトリウム水和物", "錠", 1, "週１回起床時"),
  ELDECALCITOL("エルデカルシトールカプセル０．７５μｇ", "エルデカルシトール", "カプセル", 1, "１日１回朝食後"),
  ZOLPIDEM("ゾルピデム酒石酸塩錠５ｍｇ", "ゾルピデム酒石酸塩", "錠", 1, "１日１回就寝前"),
  LEMBOREXANT("レンボレキサント錠５ｍｇ", "レンボレキサント", "錠", 1, "１日１回就寝前"),
  ESCITALOPRAM("エスシタロプラム錠１０ｍｇ", "エスシタロプラムシュウ酸塩", "錠", 1, "１日１回夕食後"),
  DULOXETINE("デュロキセチンカプセル２０ｍｇ", "デュロキセチン塩酸塩", "カプセル", 1, "１日１回朝食後"),
  MONTELUKAST("モンテルカスト錠１０ｍｇ", "モンテルカストナトリウム", "錠", 1, "１日１回就寝前"),
  BUDESONIDE("ブデソニド・ホルモテロール吸入粉末剤６０吸入", "ブデソニド・ホルモテロールフマル酸塩水和物", "キット", 1, "１日２回吸入"),
  FEXOFENADINE("フェキソフェナジン塩酸塩錠６０ｍｇ", "フェキソフェナジン塩酸塩", "錠", 2, "１日２回朝夕食後"),
  BILASTINE("ビラスチンＯＤ錠２０ｍｇ", "ビラスチン", "錠", 1, "１日１回就寝前"),
  TAMSULOSIN("タムスロシン塩酸塩ＯＤ錠０．２ｍｇ", "タムスロシン塩酸塩", "錠", 1, "１日１回朝食後"),
  MAGNESIUM("酸化マグネシウム錠３３０ｍｇ", "酸化マグネシウム", "錠", 3, "１日３回毎食後"),
  DONEPEZIL("ドネペジル塩酸塩ＯＤ錠５ｍｇ", "ドネペジル塩酸塩", "錠", 1, "１日１回朝食後"),
  CELECOXIB("セレコキシブ錠１００ｍｇ", "セレコキシブ", "錠", 2, "１日２回朝夕食後"),
  LOXOPROFEN_TAPE("ロキソプロフェンＮａテープ１００ｍｇ", "ロキソプロフェンナトリウム水和物", "枚", 1, "１日１回貼付"),
  PREGABALIN("プレガバリンＯＤ錠７５ｍｇ", "プレガバリン", "錠", 2, "１日２回朝夕食後"),
  LEVOTHYROXINE("レボチロキシンナトリウム錠５０μｇ", "レボチロキシンナトリウム水和物", "錠", 1, "１日１回朝食後"),
  LATANOPROST("ラタノプロスト点眼液０．００５％", "ラタノプロスト", "ｍＬ", 1, "１日１回点眼"),
  FEBUXOSTAT("フェブキソスタット錠２０ｍｇ", "フェブキソスタット", "錠", 1, "１日１回朝食後"),
  ACETAMINOPHEN("アセトアミノフェン錠２００ｍｇ", "アセトアミノフェン", "錠", 6, "１日３回毎食後"),
  CARBOCISTEINE("カルボシステイン錠５００ｍｇ", "Ｌ－カルボシステイン", "錠", 3, "１日３回毎食後"),
  DEXTROMETHORPHAN("デキストロメトルファン錠１５ｍｇ", "デキストロメトルファン臭化水素酸塩水和物", "錠", 3, "１日３回毎食後"),
  TRANEXAMIC("トラネキサム酸錠２５０ｍｇ", "トラネキサム酸", "錠", 3, "１日３回毎食後"),
  AMOXICILLIN("アモキシシリンカプセル２５０ｍｇ", "アモキシシリン水和物", "カプセル", 3, "１日３回毎食後"),
  CEFCAPENE("セフカペンピボキシル塩酸塩錠１００ｍｇ", "セフカペンピボキシル塩酸塩水和物", "錠", 3, "１日３回毎食後"),
  CLARITHROMYCIN("クラリスロマイシン錠２００ｍｇ", "クラリスロマイシン", "錠", 2, "１日２回朝夕食後"),
  OSELTAMIVIR("オセルタミビルカプセル７５ｍｇ", "オセルタミビルリン酸塩", "カプセル", 2, "１日２回朝夕食後"),
  BIFIDOBACTERIUM("ビフィズス菌錠１２ｍｇ", "ビフィズス菌", "錠", 3, "１日３回毎食後"),
  DOMPERIDONE("ドンペリドン錠１０ｍｇ", "ドンペリドン", "錠", 3, "１日３回毎食前"),
  LOXOPROFEN("ロキソプロフェンＮａ錠６０ｍｇ", "ロキソプロフェンナトリウム水和物", "錠", 3, "１日３回毎食後"),
  REBAMIPIDE("レバミピド錠１００ｍｇ", "レバミピド", "錠", 3, "１日３回毎食後"),
  HEPARINOID("ヘパリン類似物質油性クリーム０．３％", "ヘパリン類似物質", "ｇ", 5, "１日２回塗布"),
  BETAMETHASONE("ベタメタゾン吉草酸エステル軟膏０．１２％", "ベタメタゾン吉草酸エステル", "ｇ", 2, "１日２回塗布"),
  LEVOFLOXACIN_DROPS("レボフロキサシン点眼液１．５％", "レボフロキサシン水和物", "ｍＬ", 1, "１日３回点眼");

  private final String label;
  private final String ingredient;
  private final String unit;
  private final int daily;
  private final String usage;

  Drug(String label, String ingredient, String unit, int daily, String usage) {
    this.label = label;
    this.ingredient = ingredient;
    this.unit = unit;
    this.daily = daily;
    this.usage = usage;
  }

  /** Nine digits beginning with 6, of a range without real drugs. */
  String code() {
    return "%d".formatted(699_910_001 + ordinal());
  }

  String label() {
    return label + "「カザシ」";
  }

  String ingredient() {
    return ingredient;
  }

  String unit() {
    return unit;
  }

  int daily() {
    return daily;
  }

  String usage() {
    return usage;
  }
}
