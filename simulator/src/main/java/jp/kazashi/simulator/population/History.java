package jp.kazashi.simulator.population;

import java.util.List;

/**
 * Five years of one person, told in the order of days: visits at Japan's rate for age and sex (of
 * which a fixed share is kept), drugs of what the person has for years or caught last week,
 * checkups by fiscal year, operations. Nothing happens before birth, after death or without
 * coverage.
 */
// Operations are drawn by their place among the acts; what a complaint takes never changes.
@SuppressWarnings({"EnumOrdinal", "ImmutableEnumChecker"})
final class History {
  private static final Condition[] CONDITIONS = Condition.values();
  private static final int[] SUPPLIES = {14, 28, 28, 30, 56, 60, 60, 84, 90};
  private static final double DENTAL = 0.14;
  private static final double FOR_WHAT_LASTS = 0.78;
  private static final double ELECTRONIC = 0.25;

  /** What people come for otherwise: weights of children, adults. */
  private static final Complaint[] COMPLAINTS = Complaint.values();

  private static final Weights OF_CHILDREN = Weights.of(50, 12, 6, 12, 3, 14, 3, 10);
  private static final Weights OF_ADULTS = Weights.of(30, 10, 3, 12, 22, 10, 5, 8);

  private static final Weights OPERATIONS_YOUNG = Weights.of(0, 4, 4, 40, 22, 0, 6, 22, 0);
  private static final Weights OPERATIONS_OLD = Weights.of(42, 24, 8, 8, 0, 7, 5, 1, 6);

  private enum Complaint {
    COLD(Drug.ACETAMINOPHEN, Drug.CARBOCISTEINE, Drug.TRANEXAMIC, Drug.DEXTROMETHORPHAN),
    INFECTION(Drug.AMOXICILLIN, Drug.CARBOCISTEINE, Drug.BIFIDOBACTERIUM),
    INFLUENZA(Drug.OSELTAMIVIR, Drug.ACETAMINOPHEN),
    STOMACH(Drug.BIFIDOBACTERIUM, Drug.DOMPERIDONE, Drug.REBAMIPIDE),
    PAIN(Drug.LOXOPROFEN, Drug.REBAMIPIDE, Drug.LOXOPROFEN_TAPE),
    SKIN(Drug.HEPARINOID, Drug.BETAMETHASONE, Drug.BILASTINE),
    EYES(Drug.LEVOFLOXACIN_DROPS),
    ALLERGY(Drug.FEXOFENADINE, Drug.MONTELUKAST);

    private final Drug[] drugs;

    Complaint(Drug... drugs) {
      this.drugs = drugs;
    }
  }

  private final Region region;
  private final Person person;
  private final List<Spell> spells;
  private final Body body;
  private final Draw draw;
  private final Records records;
  private final int from;
  private final int to;
  private final int lastClaimed;
  private final int home;
  private final boolean electronic;
  private final boolean examined;
  private final Drug[] regimen = new Drug[32];
  private int regimenLength;
  private int regimenAge = -1;
  private long conditions;
  private int spell;

  private History(Town town, Person person, List<Spell> spells, Records records) {
    this.region = town.region();
    this.person = person;
    this.spells = spells;
    this.records = records;
    this.body = Body.of(person.woman(), Draw.at(town.seed(), person.index(), Draw.Purpose.BODY));
    this.draw = Draw.at(town.seed(), person.index(), Draw.Purpose.HISTORY);
    this.from = Math.max(town.window().from(), person.born());
    this.to = Math.min(town.window().to(), person.died());
    this.lastClaimed = lastClaimed(town.window().to());
    this.home = draw.below(1 << 16);
    this.electronic = draw.chance(ELECTRONIC);
    this.examined = draw.chance(0.7);
  }

  static void tell(Town town, Person person, List<Spell> spells, Records records) {
    if (!spells.isEmpty()) {
      new History(town, person, spells, records).tell();
    }
  }

  /** Claims of a month are there from the eleventh of the next. */
  static int lastClaimed(int day) {
    int first = Days.firstOfMonth(day);
    return day - first >= 10 ? first - 1 : Days.firstOfMonth(first - 1) - 1;
  }

  private void tell() {
    records.covered(spells.getFirst());
    double yearly = Japan.visits(person.woman(), person.ageOn(from));
    int day = from + (int) (draw.unit() * 365.25 / yearly);
    int nextExam = firstExam();
    int nextMonth = Days.firstOfMonth(from);
    while (day <= to || nextExam <= to) {
      if (nextExam <= day && nextExam <= to) {
        if (moveTo(nextExam)) {
          exam(nextExam);
        }
        nextExam = nextExam + 365 + draw.between(-40, 40);
        continue;
      }
      if (day > to) {
        break;
      }
      int age = person.ageOn(day);
      yearly = Japan.visits(person.woman(), age);
      if (moveTo(day)) {
        treat(age);
        if (Body.has(conditions, Condition.DIALYSIS)) {
          nextMonth = dialysis(Math.max(nextMonth, Days.firstOfMonth(day)), day);
        }
        visit(day, age);
      }
      day += Math.max(1, (int) (365.25 / yearly * (0.5 + draw.unit())));
    }
  }

  /** Days are asked for in order; false where nothing covers the person. */
  private boolean moveTo(int day) {
    while (spell < spells.size() - 1 && spells.get(spell).to() < day) {
      spell++;
      records.covered(spells.get(spell));
    }
    return spells.get(spell).holds(day);
  }

  // ---------------------------------------------------------------- visits

  private void visit(int day, int age) {
    boolean claimed = day <= lastClaimed;
    if (age > 3 && draw.chance(DENTAL)) {
      dental(day, claimed);
      return;
    }
    boolean lasting = regimenLength > 0 && draw.chance(FOR_WHAT_LASTS);
    Facility clinic =
        draw.chance(0.2)
            ? region.hospital(home)
            : region.clinic(home + (lasting ? 0 : draw.below(3)));
    if (claimed) {
      records.care(day, clinic, lasting || draw.chance(0.4) ? Act.VISIT : Act.FIRST_VISIT, 1);
    }
    if (lasting) {
      prescribe(day, clinic, regimen, regimenLength, SUPPLIES[draw.below(SUPPLIES.length)]);
      if (claimed && draw.chance(0.4)) {
        records.care(day, clinic, Act.MANAGEMENT, 1);
      }
    } else {
      Complaint complaint = COMPLAINTS[(age < 15 ? OF_CHILDREN : OF_ADULTS).draw(draw)];
      int kinds = 1 + draw.below(complaint.drugs.length);
      prescribe(day, clinic, complaint.drugs, kinds, draw.between(3, 7));
    }
    if (claimed) {
      more(day, age, clinic);
    }
  }

  private void prescribe(int day, Facility clinic, Drug[] drugs, int kinds, int days) {
    Facility pharmacy = region.pharmacy(home + (draw.chance(0.15) ? 1 : 0));
    boolean claimed = day <= lastClaimed;
    boolean told = electronic && day > to - 100;
    for (int i = 0; i < kinds; i++) {
      if (told) {
        records.medication(day, Records.Source.DISPENSING, pharmacy, clinic, drugs[i], days);
      }
      if (claimed) {
        records.medication(day, Records.Source.RECEIPT, pharmacy, clinic, drugs[i], days);
      }
    }
  }

  private void dental(int day, boolean claimed) {
    if (claimed) {
      Facility dentist = region.dentist(home);
      records.care(day, dentist, Act.DENTAL_MANAGEMENT, 1);
      if (draw.chance(0.1)) {
        records.medication(
            day, Records.Source.RECEIPT, dentist, dentist, Drug.CEFCAPENE, draw.between(3, 5));
      }
    }
  }

  private void more(int day, int age, Facility clinic) {
    double old = Math.clamp(age / 80.0, 0.1, 1.1);
    double chance = draw.unit();
    if (chance < 0.10) {
      records.care(day, clinic, Act.XRAY, 1);
    } else if (chance < 0.10 + 0.06 * old) {
      records.care(day, region.hospital(home), chance < 0.14 ? Act.CT : Act.MRI, 1);
    } else if (chance < 0.18 + 0.02 * old) {
      records.care(day, region.hospital(home), Act.PATHOLOGY, 1);
    } else if (age >= 80 && chance < 0.26) {
      records.care(day, clinic, Act.HOME_VISIT, 1);
    } else if (chance > 1 - 0.002 * old) {
      records.care(day, region.hospital(home), Act.RADIOTHERAPY, draw.between(5, 25));
    }
    if (draw.chance(operations(age) / Japan.visits(person.woman(), age))) {
      operate(day, age);
    }
  }

  /** A year; estimated from the ministry's counts of operations by age. */
  private static double operations(int age) {
    return age < 15 ? 0.008 : age < 40 ? 0.015 : age < 65 ? 0.025 : age < 75 ? 0.05 : 0.07;
  }

  private void operate(int day, int age) {
    int which = (age < 50 ? OPERATIONS_YOUNG : OPERATIONS_OLD).draw(draw);
    Act act = Act.values()[Act.CATARACT.ordinal() + which];
    if (act == Act.CAESAREAN && (!person.woman() || age < 20 || age > 45)) {
      act = Act.SUTURE;
    }
    records.surgery(day, region.hospital(home), act);
  }

  /** Once a month, with how often; three times a week is usual. */
  private int dialysis(int month, int until) {
    int first = month;
    while (Days.firstOfNextMonth(first) <= until && first <= lastClaimed) {
      int day = first + 2;
      if (day >= from && spells.get(spell).holds(day)) {
        records.care(day, region.hospital(home), Act.DIALYSIS, draw.between(12, 14));
      }
      first = Days.firstOfNextMonth(first);
    }
    return first;
  }

  // ---------------------------------------------------------------- what lasts

  private void treat(int age) {
    if (age == regimenAge) {
      return;
    }
    regimenAge = age;
    regimenLength = 0;
    conditions = body.conditions(age);
    for (Condition condition : CONDITIONS) {
      if (Body.has(conditions, condition)) {
        addDrugs(condition);
      }
    }
  }

  private void addDrugs(Condition condition) {
    int choice = body.choice(condition, 4);
    switch (condition) {
      case HYPERTENSION -> {
        add(choice < 3 ? Drug.AMLODIPINE : Drug.TRICHLORMETHIAZIDE);
        if (choice % 2 == 1) {
          add(choice == 1 ? Drug.CANDESARTAN : Drug.TELMISARTAN);
        }
      }
      case DYSLIPIDEMIA -> {
        add(choice < 2 ? Drug.ROSUVASTATIN : Drug.ATORVASTATIN);
        if (choice == 3) {
          add(Drug.EZETIMIBE);
        }
      }
      case DIABETES -> {
        add(Drug.METFORMIN);
        if (choice > 0) {
          add(choice == 1 ? Drug.SITAGLIPTIN : choice == 2 ? Drug.EMPAGLIFLOZIN : Drug.GLIMEPIRIDE);
        }
      }
      case DIALYSIS -> add(Drug.LANTHANUM);
      case ISCHEMIC -> {
        add(choice < 3 ? Drug.ASPIRIN : Drug.CLOPIDOGREL);
        add(Drug.LANSOPRAZOLE);
      }
      case ATRIAL_FIBRILLATION -> {
        add(Drug.EDOXABAN);
        add(Drug.BISOPROLOL);
      }
      case REFLUX -> add(choice < 2 ? Drug.VONOPRAZAN : Drug.LANSOPRAZOLE);
      case OSTEOPOROSIS -> {
        add(Drug.ELDECALCITOL);
        if (choice < 2) {
          add(Drug.ALENDRONATE);
        }
      }
      case INSOMNIA -> add(choice < 2 ? Drug.ZOLPIDEM : Drug.LEMBOREXANT);
      case DEPRESSION -> add(choice < 2 ? Drug.ESCITALOPRAM : Drug.DULOXETINE);
      case ASTHMA -> {
        add(Drug.BUDESONIDE);
        if (choice < 2) {
          add(Drug.MONTELUKAST);
        }
      }
      case RHINITIS -> add(choice < 2 ? Drug.FEXOFENADINE : Drug.BILASTINE);
      case PROSTATE -> add(Drug.TAMSULOSIN);
      case CONSTIPATION -> add(Drug.MAGNESIUM);
      case DEMENTIA -> add(Drug.DONEPEZIL);
      case BACK_AND_KNEES -> {
        add(choice < 2 ? Drug.CELECOXIB : Drug.PREGABALIN);
        add(Drug.LOXOPROFEN_TAPE);
      }
      case THYROID -> add(Drug.LEVOTHYROXINE);
      case GLAUCOMA -> add(Drug.LATANOPROST);
      case GOUT -> add(Drug.FEBUXOSTAT);
    }
  }

  private void add(Drug drug) {
    for (int i = 0; i < regimenLength; i++) {
      if (regimen[i] == drug) {
        return;
      }
    }
    regimen[regimenLength++] = drug;
  }

  // ---------------------------------------------------------------- checkups

  private int firstExam() {
    return from + draw.below(365);
  }

  private void exam(int day) {
    int age = person.ageOn(day);
    double rate = age >= 75 ? Japan.EXAMINED_LATER : Japan.EXAMINED;
    // Most who come come every year; together they are the rate.
    double chance = examined ? Math.min(0.97, rate / 0.7 * 0.95) : rate * 0.05 / 0.3;
    if (age < 40 || !draw.chance(chance)) {
      return;
    }
    Payer.Kind payer = spells.get(spell).policy().payer().kind();
    boolean own = payer.ofEmployees() && !spells.get(spell).family();
    Records.CheckupKind kind =
        payer == Payer.Kind.LATE_ELDERLY
            ? Records.CheckupKind.LATE_ELDERLY
            : own ? Records.CheckupKind.EMPLOYER : Records.CheckupKind.SPECIFIC;
    records.checkup(day, region.hospital(home + 1), kind, body.measure(age, draw));
  }
}
