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

  private final double[] at;

  Condition(double... at) {
    this.at = at;
  }

  /** The share of people of an age who have it; zero for what the body's values say. */
  double share(int age) {
    if (at.length == 0 || age < 15) {
      return 0;
    }
    double place = Math.clamp((age - 20) / 20.0, 0, 2.999);
    int low = (int) place;
    return at[low] + (place - low) * (at[low + 1] - at[low]);
  }
}
