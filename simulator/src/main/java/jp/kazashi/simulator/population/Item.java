package jp.kazashi.simulator.population;

/** Items of a checkup with their 17-character codes and decimals. */
enum Item {
  HEIGHT("9N001000000000001", 1),
  WEIGHT("9N006000000000001", 1),
  BMI("9N011000000000001", 1),
  WAIST("9N016160100000001", 1),
  SYSTOLIC("9A751000000000001", 0),
  DIASTOLIC("9A761000000000001", 0),
  TRIGLYCERIDE("3F015000002327101", 0),
  HDL("3F070000002327101", 0),
  LDL("3F077000002327101", 0),
  AST("3B035000002327201", 0),
  ALT("3B045000002327201", 0),
  GAMMA_GT("3B090000002327101", 0),
  CREATININE("3C015000002327101", 2),
  EGFR("8A065000002391901", 1),
  GLUCOSE("3D010000001927201", 0),
  HBA1C("3D046000001906202", 1),
  URINE_SUGAR("1A020000000191111", 0),
  URINE_PROTEIN("1A010000000191111", 0),
  HAEMOGLOBIN("2A030000001930101", 1),
  SMOKING("9N736000000000011", 0),
  METABOLIC("9N501000000000011", 0);

  private final String code;
  private final int decimals;

  Item(String code, int decimals) {
    this.code = code;
    this.decimals = decimals;
  }

  String code() {
    return code;
  }

  int decimals() {
    return decimals;
  }
}
