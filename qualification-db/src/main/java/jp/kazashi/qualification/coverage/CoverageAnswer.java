package jp.kazashi.qualification.coverage;

import java.util.List;

/** Is this person covered on this day, and by what. */
public sealed interface CoverageAnswer {
  ValidityCode validity();

  /**
   * Covered.
   *
   * @param current the medical insurance or, alone, the medical aid
   * @param all everything that holds on the day, the current one first
   */
  record Covered(Qualification current, List<Qualification> all, ValidityCode validity)
      implements CoverageAnswer {
    public Covered {
      all = List.copyOf(all);
      if (!all.contains(current) || !validity.covers()) {
        throw new IllegalArgumentException("What covers is valid and among all that hold");
      }
    }
  }

  /** Known, but it begins later. */
  record NotYetEffective(Qualification next) implements CoverageAnswer {
    @Override
    public ValidityCode validity() {
      return ValidityCode.INVALID;
    }
  }

  /** It ended and nothing took its place. */
  record Lapsed(Qualification last) implements CoverageAnswer {
    @Override
    public ValidityCode validity() {
      return ValidityCode.INVALID;
    }
  }

  /** The identifiers asked for are old; the newer ones are not given away without the card. */
  record Superseded(Qualification asked) implements CoverageAnswer {
    @Override
    public ValidityCode validity() {
      return ValidityCode.INVALID_NEWER_EXISTS;
    }
  }

  /** The card's holder is not linked to any person. */
  record NotLinked() implements CoverageAnswer {
    @Override
    public ValidityCode validity() {
      return ValidityCode.NOT_FOUND;
    }
  }

  /** Nobody is known by that. */
  record Unknown() implements CoverageAnswer {
    @Override
    public ValidityCode validity() {
      return ValidityCode.NOT_FOUND;
    }
  }

  /** The identifiers fit several people: a branch number is needed. */
  record Ambiguous(int people) implements CoverageAnswer {
    public Ambiguous {
      if (people < 2) {
        throw new IllegalArgumentException("Ambiguous is between at least two");
      }
    }

    @Override
    public ValidityCode validity() {
      return ValidityCode.AMBIGUOUS;
    }
  }
}
