package jp.kazashi.simulator.population;

/**
 * What a person's body is like. Weight, blood pressure, sugar and lipids share one hidden value, so
 * that they move together, and all of them move with age; what a doctor would treat follows from
 * them.
 */
// Arrays by place: millions of lines are made from them.
@SuppressWarnings("EnumOrdinal")
final class Body {
  private static final double TREATED = 0.72;
  private static final Condition[] CONDITIONS = Condition.values();

  private final boolean woman;
  private final double height;
  private final double metabolic;
  private final double weight;
  private final double pressure;
  private final double sugar;
  private final double fat;
  private final double good;
  private final double bad;
  private final double kidney;
  private final double liver;
  private final double blood;
  private final boolean smokes;
  private final long prone;
  private final long treated;

  private Body(boolean woman, Draw draw) {
    this.woman = woman;
    height = (woman ? 157.5 : 170.5) + 5.6 * draw.normal();
    metabolic = draw.normal();
    weight = draw.normal();
    pressure = draw.normal();
    sugar = draw.normal();
    fat = draw.normal();
    good = draw.normal();
    bad = draw.normal();
    kidney = draw.normal();
    liver = draw.normal();
    blood = draw.normal();
    smokes = draw.chance(woman ? 0.08 : 0.27);
    prone = draw.next();
    treated = draw.next();
  }

  static Body of(boolean woman, Draw draw) {
    return new Body(woman, draw);
  }

  double bmi(int age) {
    double usual =
        woman
            ? 20.4 + 0.05 * Math.min(Math.max(age - 20, 0), 45)
            : 22.0 + 0.08 * Math.min(Math.max(age - 20, 0), 25) - 0.03 * Math.max(age - 60, 0);
    return Math.max(15, usual + 3.2 * (0.65 * metabolic + 0.76 * weight));
  }

  /** Without treatment. */
  double systolicUntreated(int age) {
    return 108
        + (woman ? -6 : 4)
        + (woman ? 0.62 : 0.45) * (age - 20)
        + 6 * metabolic
        + 13 * pressure;
  }

  double hba1cUntreated(int age) {
    double high = Math.max(0, sugar - 1.15);
    return 5.3 + 0.008 * (age - 20) + 0.28 * (0.5 * metabolic + 0.87 * sugar) + 1.1 * high;
  }

  double ldlUntreated(int age) {
    return 106 + 0.4 * (Math.min(age, 60) - 20) + 5 * metabolic + 27 * bad;
  }

  double triglyceride(int age) {
    return StrictMath.exp(
        4.3 + (woman ? 0 : 0.25) + 0.004 * (Math.min(age, 60) - 20) + 0.27 * metabolic + 0.4 * fat);
  }

  /** Bits of {@link Condition#ordinal()}. */
  long conditions(int age) {
    long has = 0;
    if (age >= 30) {
      has |= systolicUntreated(age) >= 140 ? bit(Condition.HYPERTENSION) : 0;
      has |= ldlUntreated(age) >= 145 ? bit(Condition.DYSLIPIDEMIA) : 0;
      has |= hba1cUntreated(age) >= 6.5 ? bit(Condition.DIABETES) : 0;
      has &= chosen(treated, 1) < TREATED ? -1L : ~bit(Condition.HYPERTENSION);
      has &= chosen(treated, 2) < TREATED ? -1L : ~bit(Condition.DYSLIPIDEMIA);
      has &= chosen(treated, 3) < TREATED ? -1L : ~bit(Condition.DIABETES);
    }
    // Those whose kidneys fail are of middle age and older.
    if (chosen(prone, 0) < Japan.DIALYSIS / 1000 * Math.clamp((age - 35) / 17.0, 0, 2.4)) {
      has |= bit(Condition.DIALYSIS);
    }
    for (int i = Condition.ISCHEMIC.ordinal(); i < CONDITIONS.length; i++) {
      boolean possible = !(woman && CONDITIONS[i] == Condition.PROSTATE);
      if (possible && chosen(prone, i) < CONDITIONS[i].share(age) * usualSex(CONDITIONS[i])) {
        has |= 1L << i;
      }
    }
    return has;
  }

  /** Which of several usual drugs is this person's. */
  int choice(Condition condition, int of) {
    return (int) (chosen(treated, 8 + condition.ordinal()) * of);
  }

  /** Blood pressure and the rest on one examination, in the order of {@link Item}. */
  double[] measure(int age, Draw draw) {
    long has = conditions(age);
    double[] values = new double[Item.values().length];
    double bmi = bmi(age) + 0.4 * draw.normal();
    double tall = height - Math.max(0, age - 60) * 0.1;
    put(values, Item.HEIGHT, tall);
    put(values, Item.BMI, bmi);
    put(values, Item.WEIGHT, bmi * tall * tall / 10_000);
    put(values, Item.WAIST, 2.55 * bmi + (woman ? 23 : 26) + 3 * draw.normal());
    double systolic =
        systolicUntreated(age) - (has(has, Condition.HYPERTENSION) ? 17 : 0) + 7 * draw.normal();
    put(values, Item.SYSTOLIC, Math.clamp(systolic, 78, 230));
    put(values, Item.DIASTOLIC, Math.clamp(14 + 0.49 * systolic + 6 * draw.normal(), 40, 140));
    double triglyceride = triglyceride(age) * StrictMath.exp(0.25 * draw.normal());
    put(values, Item.TRIGLYCERIDE, Math.clamp(triglyceride, 20, 1500));
    put(
        values,
        Item.HDL,
        Math.clamp(
            (woman ? 70 : 61)
                - 5 * metabolic
                - 0.06 * (triglyceride - 100)
                + 12 * good
                + 3 * draw.normal(),
            20,
            140));
    double ldl =
        ldlUntreated(age) - (has(has, Condition.DYSLIPIDEMIA) ? 50 : 0) + 9 * draw.normal();
    put(values, Item.LDL, Math.clamp(ldl, 30, 320));
    double fatty = StrictMath.exp(0.16 * metabolic + 0.25 * liver + 0.1 * draw.normal());
    put(values, Item.AST, Math.clamp(21 * fatty, 8, 400));
    put(
        values,
        Item.ALT,
        Math.clamp((woman ? 16 : 21) * fatty * fatty / StrictMath.sqrt(fatty), 4, 500));
    put(values, Item.GAMMA_GT, Math.clamp((woman ? 19 : 33) * fatty * fatty, 6, 900));
    double filtration =
        has(has, Condition.DIALYSIS)
            ? 6 + draw.unit() * 4
            : Math.clamp(102 - 0.7 * (age - 20) + 12 * kidney + 3 * draw.normal(), 15, 140);
    put(values, Item.EGFR, filtration);
    double base = 194 * StrictMath.pow(Math.max(age, 18), -0.287) * (woman ? 0.739 : 1);
    put(values, Item.CREATININE, StrictMath.pow(base / filtration, 1 / 1.094));
    double hba1c =
        hba1cUntreated(age)
            - (has(has, Condition.DIABETES) ? Math.min(0.9, 0.5 * (hba1cUntreated(age) - 5.8)) : 0)
            + 0.12 * draw.normal();
    hba1c = Math.clamp(hba1c, 4.3, 15);
    put(values, Item.HBA1C, hba1c);
    put(values, Item.GLUCOSE, Math.clamp(28.7 * hba1c - 64 + 7 * draw.normal(), 55, 450));
    put(values, Item.URINE_SUGAR, hba1c > 8 && draw.chance(0.5) ? 3 : 1);
    put(values, Item.URINE_PROTEIN, draw.chance(filtration < 50 ? 0.3 : 0.03) ? 3 : 1);
    put(
        values,
        Item.HAEMOGLOBIN,
        (woman ? 13.0 : 15.1) - (woman ? 0 : 0.02 * Math.max(0, age - 50)) + 1.0 * blood);
    put(values, Item.SMOKING, smokes ? 1 : 2);
    put(values, Item.METABOLIC, metabolicSyndrome(values));
    return values;
  }

  /** 1 has it, 2 nearly, 3 not: waist, and how many of pressure, sugar and lipids are high. */
  private double metabolicSyndrome(double[] values) {
    if (get(values, Item.WAIST) < (woman ? 90 : 85)) {
      return 3;
    }
    int high = 0;
    high += get(values, Item.SYSTOLIC) >= 130 || get(values, Item.DIASTOLIC) >= 85 ? 1 : 0;
    high += get(values, Item.GLUCOSE) >= 110 || get(values, Item.HBA1C) >= 6.0 ? 1 : 0;
    high += get(values, Item.TRIGLYCERIDE) >= 150 || get(values, Item.HDL) < 40 ? 1 : 0;
    return high >= 2 ? 1 : high == 1 ? 2 : 3;
  }

  static boolean has(long conditions, Condition condition) {
    return (conditions & bit(condition)) != 0;
  }

  private double usualSex(Condition condition) {
    return switch (condition) {
      case OSTEOPOROSIS -> woman ? 1.6 : 0.25;
      case GOUT -> woman ? 0.1 : 1.9;
      case PROSTATE -> 2;
      case THYROID -> woman ? 1.6 : 0.4;
      default -> 1;
    };
  }

  private static long bit(Condition condition) {
    return 1L << condition.ordinal();
  }

  /** A number from 0 up to 1, fixed for the person and the place. */
  private static double chosen(long bits, int place) {
    long mixed = (bits + place * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    mixed ^= mixed >>> 29;
    mixed *= 0x94D049BB133111EBL;
    return (mixed >>> 11) * 0x1.0p-53;
  }

  private static void put(double[] values, Item item, double value) {
    values[item.ordinal()] = value;
  }

  private static double get(double[] values, Item item) {
    return values[item.ordinal()];
  }
}
