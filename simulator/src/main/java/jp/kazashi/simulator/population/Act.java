package jp.kazashi.simulator.population;

/** What was done, as claims name it. The codes have the form of real ones and are none. */
// The place gives the code.
@SuppressWarnings("EnumOrdinal")
enum Act {
  FIRST_VISIT("VISIT", "11", "初診料"),
  VISIT("VISIT", "12", "再診料"),
  MANAGEMENT("MANAGEMENT", "13", "特定疾患療養管理料（診療所）"),
  DENTAL_MANAGEMENT("MANAGEMENT", "13", "歯科疾患管理料"),
  HOME_VISIT("HOME_CARE", "14", "在宅患者訪問診療料"),
  XRAY("IMAGING", "70", "単純撮影（デジタル撮影）"),
  CT("IMAGING", "70", "ＣＴ撮影（１６列以上）"),
  MRI("IMAGING", "70", "ＭＲＩ撮影（１．５テスラ以上）"),
  PATHOLOGY("PATHOLOGY", "64", "病理組織標本作製"),
  RADIOTHERAPY("RADIOTHERAPY", "80", "体外照射（高エネルギー放射線治療）"),
  DIALYSIS("DIALYSIS", "40", "人工腎臓（慢性維持透析）"),
  CATARACT("", "50", "水晶体再建術（眼内レンズ挿入）"),
  POLYPECTOMY("", "50", "内視鏡的大腸ポリープ・粘膜切除術"),
  FRACTURE("", "50", "骨折観血的手術（大腿）"),
  SUTURE("", "50", "創傷処理（筋肉、臓器に達しないもの）"),
  CAESAREAN("", "50", "帝王切開術"),
  PCI("", "50", "経皮的冠動脈ステント留置術"),
  CHOLECYSTECTOMY("", "50", "腹腔鏡下胆嚢摘出術"),
  APPENDECTOMY("", "50", "腹腔鏡下虫垂切除術"),
  KNEE("", "50", "人工関節置換術（膝）");

  private final String category;
  private final String practice;
  private final String label;

  Act(String category, String practice, String label) {
    this.category = category;
    this.practice = practice;
    this.label = label;
  }

  boolean isSurgery() {
    return category.isEmpty();
  }

  /** Of care; surgery has none. */
  String category() {
    return category;
  }

  String practice() {
    return practice;
  }

  String label() {
    return label;
  }

  /** Nine digits beginning with 1, of a range without real acts. */
  String code() {
    return "%d".formatted((isSurgery() ? 159_910_001 : 199_910_001) + ordinal());
  }
}
