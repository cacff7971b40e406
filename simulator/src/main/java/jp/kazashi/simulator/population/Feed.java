package jp.kazashi.simulator.population;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One town as its payers' deliveries: every qualification and every record of the people, each told
 * by who covered the person on that day.
 */
// Arrays by place: millions of lines are made from them.
@SuppressWarnings("EnumOrdinal")
public final class Feed implements Records {
  /** Where a delivery goes. */
  public enum Intake {
    QUALIFICATIONS("/v1/intake/qualifications"),
    CLAIMS("/v1/intake/claims"),
    CHECKUPS("/v1/intake/checkups");

    private final String path;

    Intake(String path) {
      this.path = path;
    }

    public String path() {
      return path;
    }
  }

  /** What one payer sends of one town. */
  public record Delivery(Payer from, Intake to, Lines lines) {}

  /** One line of a payer's own. */
  public static Delivery single(Payer from, Intake to, String line) {
    Lines lines = new Lines();
    lines.add(line);
    lines.endLine();
    return new Delivery(from, to, lines);
  }

  private static final byte[][] DRUGS = drugs();
  private static final byte[][] ACTS = acts();
  private static final byte[][] ITEMS = items();
  private static final byte[] MEDICATION = utf8("{\"type\":\"medication\",\"personCode\":\"");
  private static final byte[] CARE = utf8("{\"type\":\"care\",\"personCode\":\"");
  private static final byte[] SURGERY = utf8("{\"type\":\"surgery\",\"personCode\":\"");
  private static final byte[] CHECKUP = utf8("{\"type\":\"checkup\",\"personCode\":\"");
  private static final byte[] RECEIPT = utf8("\",\"source\":\"RECEIPT\",\"month\":\"");
  private static final byte[] DISPENSING = utf8("\",\"source\":\"DISPENSING\",\"month\":\"");
  private static final byte[] MONTH = utf8("\",\"month\":\"");
  private static final byte[] DATE = utf8("\",\"date\":\"");
  private static final byte[] TIMES = utf8("\",\"times\":\"");
  private static final byte[] END = utf8("\"}");
  private static final byte[] ITEMS_BEGIN = utf8("\",\"items\":\"");

  private final Map<Payer, Map<Intake, Lines>> deliveries = new LinkedHashMap<>();
  private byte[] code = new byte[0];
  private Payer payer = new Payer(Payer.Kind.NATIONAL, "", "");
  private Lines claims = new Lines();

  private Feed() {}

  /**
   * @param people how many of the population there are: later ones of this town are left out
   */
  static List<Delivery> of(Town town, int people) {
    Feed feed = new Feed();
    List<List<Spell>> coverage = Coverage.of(town);
    int count = Math.min(Town.SIZE, people - town.number() * Town.SIZE);
    for (int i = 0; i < count; i++) {
      feed.person(town, town.people().get(i), coverage.get(i));
    }
    return feed.deliveries();
  }

  private List<Delivery> deliveries() {
    List<Delivery> all = new ArrayList<>();
    for (Intake intake : Intake.values()) {
      deliveries.forEach((from, lines) -> {
        Lines of = lines.get(intake);
        if (of != null) {
          all.add(new Delivery(from, intake, of));
        }
      });
    }
    return all;
  }

  private void person(Town town, Person person, List<Spell> spells) {
    code = utf8(person.code());
    Member member = Member.of(town, person);
    for (Spell spell : spells) {
      Lines lines = lines(spell.policy().payer(), Intake.QUALIFICATIONS);
      lines.add(member.line(spell));
      lines.endLine();
    }
    History.tell(town, person, spells, this);
  }

  private Lines lines(Payer from, Intake to) {
    return deliveries
        .computeIfAbsent(from, any -> new EnumMap<>(Intake.class))
        .computeIfAbsent(to, any -> new Lines());
  }

  @Override
  public void covered(Spell spell) {
    if (!spell.policy().payer().equals(payer)) {
      payer = spell.policy().payer();
      claims = lines(payer, Intake.CLAIMS);
    }
  }

  @Override
  public void medication(
      int day, Source source, Facility facility, Facility prescriber, Drug drug, int days) {
    Lines lines = claims;
    lines.add(MEDICATION);
    lines.add(code);
    lines.add(source == Source.RECEIPT ? RECEIPT : DISPENSING);
    lines.month(day);
    lines.add(DATE);
    lines.day(day);
    lines.add(facility.asFacility());
    lines.add(prescriber.asPrescriber());
    lines.add(DRUGS[drug.ordinal()]);
    lines.number(days);
    lines.add(END);
    lines.endLine();
  }

  @Override
  public void care(int day, Facility facility, Act act, int times) {
    act(CARE, day, facility, act, times);
  }

  @Override
  public void surgery(int day, Facility facility, Act act) {
    act(SURGERY, day, facility, act, 1);
  }

  private void act(byte[] head, int day, Facility facility, Act act, int times) {
    Lines lines = claims;
    lines.add(head);
    lines.add(code);
    lines.add(MONTH);
    lines.month(day);
    lines.add(DATE);
    lines.day(day);
    lines.add(facility.asFacility());
    lines.add(ACTS[act.ordinal()]);
    if (times != 1) {
      lines.add(TIMES);
      lines.number(times);
    }
    lines.add(END);
    lines.endLine();
  }

  @Override
  public void checkup(int day, Facility facility, CheckupKind kind, double[] values) {
    Lines lines = lines(payer, Intake.CHECKUPS);
    lines.add(CHECKUP);
    lines.add(code);
    lines.add(DATE);
    lines.day(day);
    lines.add(utf8("\",\"kind\":\"" + kind.code() + "\",\"programme\":\"" + kind.programme()));
    lines.add(facility.asFacility());
    lines.add(ITEMS_BEGIN);
    Item[] items = Item.values();
    for (int i = 0; i < items.length; i++) {
      lines.add(ITEMS[i]);
      lines.decimal(values[i], items[i].decimals());
    }
    lines.add(END);
    lines.endLine();
  }

  // ---------------------------------------------------------------- what never changes in a line

  private static byte[][] drugs() {
    Drug[] drugs = Drug.values();
    byte[][] texts = new byte[drugs.length][];
    for (Drug drug : drugs) {
      texts[drug.ordinal()] =
          utf8(
              "\",\"code\":\"%s\",\"name\":\"%s\",\"ingredient\":\"%s\",\"quantity\":\"%d\",\"unit\":\"%s\",\"usage\":\"%s\",\"days\":\""
                  .formatted(
                      drug.code(),
                      drug.label(),
                      drug.ingredient(),
                      drug.daily(),
                      drug.unit(),
                      drug.usage()));
    }
    return texts;
  }

  private static byte[][] acts() {
    Act[] acts = Act.values();
    byte[][] texts = new byte[acts.length][];
    for (Act act : acts) {
      String category = act.isSurgery() ? "" : "\",\"category\":\"" + act.category();
      texts[act.ordinal()] =
          utf8(
              category
                  + "\",\"code\":\"%s\",\"name\":\"%s\",\"practice\":\"%s"
                      .formatted(act.code(), act.label(), act.practice()));
    }
    return texts;
  }

  private static byte[][] items() {
    Item[] items = Item.values();
    byte[][] texts = new byte[items.length][];
    for (Item item : items) {
      texts[item.ordinal()] = utf8((item.ordinal() == 0 ? "" : ";") + item.code() + "=");
    }
    return texts;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
