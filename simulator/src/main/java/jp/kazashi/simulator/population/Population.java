package jp.kazashi.simulator.population;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * So many people, made from a seed for a day. Their first thousand are the same whether there are a
 * thousand or a million.
 */
public record Population(long seed, int people, LocalDate day) {
  /** Changes with what is made, so that what was kept of an older one is not taken for it. */
  public static final int VERSION = 1;

  public static final int MOST_PEOPLE = 9_000_000;

  public Population {
    if (people < 1 || people > MOST_PEOPLE) {
      throw new IllegalArgumentException("A population has 1 to 9,000,000 people");
    }
  }

  public int towns() {
    return Town.count(people);
  }

  /** How many of the people live in a town: all of it but for the last. */
  public int peopleOf(int town) {
    return Math.min(Town.SIZE, people - town * Town.SIZE);
  }

  Town town(int number) {
    return Town.of(seed, number, Window.endingOn(day));
  }

  public int townOfPerson(int person) {
    return person / Town.SIZE;
  }

  Town townOf(int person) {
    return town(townOfPerson(person));
  }

  /** What the payers of one town send; those of qualifications come first. */
  public List<Feed.Delivery> feed(int town) {
    return Feed.of(town(town), people);
  }

  /** Everything true of one person. */
  public Map<String, Object> truth(int person) {
    if (person < 0 || person >= people) {
      throw new IllegalArgumentException("People are numbered from 0 to " + (people - 1));
    }
    Town town = townOf(person);
    return Truth.of(town, Coverage.of(town), person - town.number() * Town.SIZE);
  }

  /** Everything true of the people of one town, in their order. */
  public List<Map<String, Object>> truths(int town) {
    Town made = town(town);
    List<List<Spell>> coverage = Coverage.of(made);
    return IntStream.range(0, peopleOf(town))
        .mapToObj(place -> Truth.of(made, coverage, place))
        .toList();
  }

  /** A person as a card's holder. */
  public record Holder(
      int index,
      String personCode,
      String name,
      String address,
      LocalDate birthDate,
      boolean woman,
      boolean alive,
      Payer payer) {
    @Override
    public String toString() {
      return "Holder[" + index + "]";
    }
  }

  /** The person at the end of the window, with who covers them then. */
  public Holder holder(int person) {
    if (person < 0 || person >= people) {
      throw new IllegalArgumentException("People are numbered from 0 to " + (people - 1));
    }
    Town town = townOf(person);
    Person who = town.person(person);
    Spell last = Coverage.of(town).get(person - town.number() * Town.SIZE).getLast();
    Member member = Member.of(town, who);
    return new Holder(
        person,
        who.code(),
        member.name().registered(),
        member.fields(last).getOrDefault("address", ""),
        LocalDate.ofEpochDay(who.born()),
        who.woman(),
        who.died() == Person.ALIVE,
        last.policy().payer());
  }
}
