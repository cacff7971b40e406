package jp.kazashi.simulator.population;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is true of one person, as values: what a test compares with what the store gives back.
 * Made by other code than the feed's lines, from the same history.
 */
// The values of a checkup come by place.
@SuppressWarnings("EnumOrdinal")
final class Truth implements Records {
  private final List<Map<String, Object>> medications = new ArrayList<>();
  private final List<Map<String, Object>> care = new ArrayList<>();
  private final List<Map<String, Object>> surgeries = new ArrayList<>();
  private final List<Map<String, Object>> checkups = new ArrayList<>();

  private Truth() {}

  static Map<String, Object> of(Town town, List<List<Spell>> coverage, int place) {
    Person person = town.people().get(place);
    List<Spell> spells = coverage.get(place);
    Member member = Member.of(town, person);
    Truth truth = new Truth();
    History.tell(town, person, spells, truth);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("index", person.index());
    all.put("personCode", person.code());
    all.put("name", member.name().registered());
    all.put("nameKana", member.name().kana());
    all.put("sex", person.woman() ? "FEMALE" : "MALE");
    all.put("birthDate", Days.text(person.born()));
    if (person.died() != Person.ALIVE) {
      all.put("diedOn", Days.text(person.died()));
    }
    all.put("household", town.number() * Town.SIZE + person.household());
    all.put("role", person.role().name());
    all.put("undisclosed", member.undisclosed());
    all.put("provisionBarred", member.provisionBarred());
    all.put("qualifications", spells.stream().map(member::fields).toList());
    all.put("medications", truth.medications);
    all.put("care", truth.care);
    all.put("surgeries", truth.surgeries);
    all.put("checkups", truth.checkups);
    return all;
  }

  @Override
  public void covered(Spell spell) {
    // Whoever tells it, it is true.
  }

  @Override
  public void medication(
      int day, Source source, Facility facility, Facility prescriber, Drug drug, int days) {
    Map<String, Object> record = record(day, facility);
    record.put("source", source.name());
    record.put("prescriberCode", prescriber.code());
    record.put("prescriberName", prescriber.name());
    record.put("code", drug.code());
    record.put("name", drug.label());
    record.put("ingredient", drug.ingredient());
    record.put("quantity", Integer.toString(drug.daily()));
    record.put("unit", drug.unit());
    record.put("usage", drug.usage());
    record.put("days", days);
    medications.add(record);
  }

  @Override
  public void care(int day, Facility facility, Act act, int times) {
    Map<String, Object> record = act(day, facility, act);
    record.put("category", act.category());
    record.put("times", times);
    care.add(record);
  }

  @Override
  public void surgery(int day, Facility facility, Act act) {
    surgeries.add(act(day, facility, act));
  }

  @Override
  public void checkup(int day, Facility facility, CheckupKind kind, double[] values) {
    Map<String, Object> items = new LinkedHashMap<>();
    for (Item item : Item.values()) {
      items.put(item.code(), ("%." + item.decimals() + "f").formatted(values[item.ordinal()]));
    }
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("date", Days.text(day));
    record.put("kind", kind.code());
    record.put("programme", kind.programme());
    record.put("facilityCode", facility.code());
    record.put("facilityName", facility.name());
    record.put("items", items);
    checkups.add(record);
  }

  private static Map<String, Object> act(int day, Facility facility, Act act) {
    Map<String, Object> record = record(day, facility);
    record.put("code", act.code());
    record.put("name", act.label());
    record.put("practice", act.practice());
    return record;
  }

  private static Map<String, Object> record(int day, Facility facility) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("month", Days.text(day).substring(0, 7));
    record.put("date", Days.text(day));
    record.put("facilityCode", facility.code());
    record.put("facilityName", facility.name());
    return record;
  }
}
