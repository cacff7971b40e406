package jp.kazashi.simulator.population;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A person as payers register them. */
record Member(Town town, Person person, Names.Name name, double income, int flags) {
  private static final int UNDISCLOSED = 1;
  private static final int BARRED = 2;

  static Member of(Town town, Person person) {
    Draw draw = Draw.at(town.seed(), person.index(), Draw.Purpose.NAME);
    Names.Name name = Names.of(person.surname(), person.woman(), Days.year(person.born()), draw);
    double income = draw.unit();
    int flags =
        (draw.chance(Japan.UNDISCLOSED / 100_000) ? UNDISCLOSED : 0)
            | (draw.chance(Japan.PROVISION_BARRED / 100_000) ? BARRED : 0);
    return new Member(town, person, name, income, flags);
  }

  boolean undisclosed() {
    return (flags & UNDISCLOSED) != 0;
  }

  boolean provisionBarred() {
    return (flags & BARRED) != 0;
  }

  /** The fields of the feed, in its order. */
  Map<String, String> fields(Spell spell) {
    Policy policy = spell.policy();
    Payer payer = policy.payer();
    boolean aid = payer.kind() == Payer.Kind.WELFARE;
    int last = Math.min(Math.min(spell.to(), town.window().to()), person.died());
    int age = person.ageOn(last);
    Household household = town.households().get(person.household());
    int city = household.cityOn(last);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("type", "qualification");
    fields.put("personCode", person.code());
    fields.put("name", name.registered());
    fields.put("nameKana", name.kana());
    fields.put("birthDate", Days.text(person.born()));
    fields.put("sex", person.woman() ? "FEMALE" : "MALE");
    fields.put("postCode", town.region().postCode(city));
    fields.put("address", address(household, city));
    fields.put("kind", aid ? "MEDICAL_AID" : "MEDICAL_INSURANCE");
    fields.put("insurerNumber", payer.number());
    fields.put("insurerName", payer.name());
    put(fields, "symbol", policy.symbol());
    fields.put("number", policy.number());
    put(fields, "branchNumber", spell.branch());
    fields.put("relationship", spell.family() ? "FAMILY" : "PERSON");
    if (policy.owner() != person.index()) {
      fields.put("householder", of(town, town.person(policy.owner())).name().registered());
    }
    if (!aid) {
      fields.put("contributionRatio", Integer.toString(ratio(age, last)));
    }
    if (beforeSchool(last)) {
      fields.put("preschool", "true");
    }
    fields.put("issuedOn", Days.text(spell.from()));
    fields.put("validFrom", Days.text(spell.from()));
    put(fields, "validTo", spell.to() == Spell.OPEN ? null : Days.text(spell.to()));
    put(fields, "lossReason", spell.loss() == null ? null : spell.loss().name());
    if (age >= 70 && age < 75 && !aid) {
      elderly(fields, last);
    }
    if (!aid && income < 0.03 && age >= 40) {
      fields.put("limitClass", "LIMIT");
      fields.put("limitCategory", age >= 70 ? "B04" : "A03");
      fields.put("limitValidFrom", Days.text(Math.max(spell.from(), Days.firstOfMonth(last) - 62)));
    }
    if (undisclosed()) {
      fields.put("undisclosed", "true");
    }
    if (provisionBarred()) {
      fields.put("provisionBarred", "true");
    }
    return fields;
  }

  /** One flat JSON object; nothing in it has to be escaped. */
  String line(Spell spell) {
    StringBuilder line = new StringBuilder(700).append('{');
    fields(spell)
        .forEach((field, value) ->
            line.append(line.length() == 1 ? "\"" : ",\"")
                .append(field)
                .append("\":\"")
                .append(value)
                .append('"'));
    return line.append('}').toString();
  }

  private String address(Household household, int city) {
    return "%s見本町%d丁目%d番%d号"
        .formatted(
            town.region().city(city),
            1 + household.house() / 1000,
            1 + household.house() / 20 % 50,
            1 + household.house() % 20);
  }

  /** Percent: 20 until school, 30, 20 from 70, 10 from 75, more for those with more. */
  private int ratio(int age, int day) {
    if (age >= 75) {
      return income > 0.93 ? 30 : income > 0.73 ? 20 : 10;
    }
    if (age >= 70) {
      return income > 0.93 ? 30 : 20;
    }
    return beforeSchool(day) ? 20 : 30;
  }

  private boolean beforeSchool(int day) {
    return day < Days.april(Days.plusYears(person.born(), 6));
  }

  private void elderly(Map<String, String> fields, int day) {
    int begin = Days.firstOfNextMonth(Days.plusYears(person.born(), 70));
    if (begin <= day) {
      fields.put("elderlyValidFrom", Days.text(begin));
      fields.put("elderlyValidTo", Days.text(person.turns75() - 1));
      fields.put("elderlyRatio", Integer.toString(ratio(70, day)));
    }
  }

  private static void put(Map<String, String> fields, String field, @Nullable String value) {
    if (value != null) {
      fields.put(field, value);
    }
  }

  @Override
  public String toString() {
    return "Member[" + person.index() + "]";
  }
}
