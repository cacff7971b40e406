package jp.kazashi.simulator.population;

/**
 * What people are treated for over years. The first three come out of the body's own values; of the
 * others the table has the share of people treated at 20, 40, 60 and 80, estimated.
 */
enum Condition {
  HYPERTENSION,
  DYSLIPIDEMIA,
  DIABETES,
  DIALYSIS,
  ISCHEMIC(0, .004, .05, .14),
  ATRIAL_FIBRILLATION(0, .002, .02, .07),
  REFLUX(.01, .03, .08, .14),
  OSTEOPOROSIS(0, 0, .05, .22),
  INSOMNIA(.01, .03, .06, .14),
  DEPRESSION(.02, .035, .03, .03),
  ASTHMA(.03, .03, .04, .05),
  RHINITIS(.12, .10, .06, .03),
  PROSTATE(0, 0, .06, .20),
  CONSTIPATION(.005, .01, .03, .14),
  DEMENTIA(0, 0, .004, .10),
  BACK_AND_KNEES(.005, .03, .09, .20),
  THYROID(.004, .012, .02, .025),
  GLAUCOMA(.001, .01, .04, .09),
  GOUT(.002, .02, .03, .03);

  private final double at20;
  private final double at40;
  private final double at60;
  private final double at80;

  Condition() {
    this(0, 0, 0, 0);
  }

  Condition(double at20, double at40, double at60, double at80) {
    this.at20 = at20;
    this.at40 = at40;
    this.at60 = at60;
    this.at80 = at80;
  }

  /** The share of people of an age who have it; zero for what the body's values say. */
  double share(int age) {
    if (age < 15) {
      return 0;
    }
    if (age < 40) {
      return between(at20, at40, Math.max(age - 20, 0));
    }
    return age < 60 ? between(at40, at60, age - 40) : between(at60, at80, Math.min(age - 60, 20));
  }

  private static double between(double low, double high, int years) {
    return low + years / 20.0 * (high - low);
  }
}
