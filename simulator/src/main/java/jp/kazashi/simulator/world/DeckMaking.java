package jp.kazashi.simulator.world;

import java.time.Period;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import jp.kazashi.simulator.card.CardForm;
import jp.kazashi.simulator.world.DeckStory.Predecessor;
import jp.kazashi.simulator.world.DeckStory.Twist;

/**
 * How the card of a story is made.
 *
 * @param end when its certificate ends, counted from the day it is made
 * @param earliest with {@code latest}: between which days, counted from today, it must end for the
 *     story to be true
 */
record DeckMaking(
    CardForm form,
    Period end,
    Period earliest,
    Period latest,
    Twist twist,
    Predecessor predecessor,
    boolean hasSignature) {

  private static final Map<DeckStory, DeckMaking> ALL = all();

  static DeckMaking of(DeckStory story) {
    return Objects.requireNonNull(ALL.get(story));
  }

  private static Map<DeckStory, DeckMaking> all() {
    Map<DeckStory, DeckMaking> all = new EnumMap<>(DeckStory.class);
    for (DeckStory story : DeckStory.values()) {
      all.put(story, told(story));
    }
    return Collections.unmodifiableMap(all);
  }

  private static DeckMaking told(DeckStory story) {
    return switch (story) {
      case HANAKO -> card("P4Y", "P4M", "P6Y").withSignature();
      case TARO -> card("P60D", "P30D", "P75D");
      case JIRO -> card("-P1M", "-P75D", "-P7D");
      case SABURO -> card("-P4M", "-P2Y", "-P4M");
      case SHIRO -> card("P3Y").as(Twist.LOST);
      case GORO -> card("P4Y").as(Twist.PIN_BLOCKED);
      case ROKURO -> card("P4Y").as(Twist.NEVER_REGISTERED);
      case NANAKO -> card("P4Y").as(Twist.WITHOUT_PIN);
      case YAE -> card("P4Y").withSignature();
      case KYUTA -> card("P4Y").as(Twist.INSURER_CHANGED);
      case TOME -> card("P4Y");
      case MIDORI -> card("P4Y");
      case DV -> card("P4Y").as(Twist.UNDISCLOSED);
      case DVSTOP -> card("P4Y").as(Twist.PROVISION_BARRED);
      case RENEWED -> card("P5Y-50D").after(Predecessor.RENEWED_IN_TIME);
      case LATE -> card("P5Y-10D").after(Predecessor.RENEWED_LATE);
      case OLDGEN -> card("P1Y", "P4M", "P2Y");
      case FAKE -> card("P3Y").as(Twist.STRANGERS);
      case ANDROID -> phone(CardForm.ANDROID_PHONE);
      case IPHONE -> phone(CardForm.IPHONE);
    };
  }

  private static DeckMaking card(String end) {
    return card(end, "P4M", "P6Y");
  }

  private static DeckMaking card(String end, String earliest, String latest) {
    return made(CardForm.MY_NUMBER_CARD, end, earliest, latest, Predecessor.NONE);
  }

  private static DeckMaking phone(CardForm form) {
    return made(form, "P3Y", "P4M", "P6Y", Predecessor.PARENT_CARD);
  }

  private static DeckMaking made(
      CardForm form, String end, String earliest, String latest, Predecessor predecessor) {
    return new DeckMaking(
        form,
        Period.parse(end),
        Period.parse(earliest),
        Period.parse(latest),
        Twist.NONE,
        predecessor,
        false);
  }

  private DeckMaking as(Twist what) {
    return new DeckMaking(form, end, earliest, latest, what, predecessor, hasSignature);
  }

  private DeckMaking after(Predecessor what) {
    return new DeckMaking(form, end, earliest, latest, twist, what, hasSignature);
  }

  private DeckMaking withSignature() {
    return new DeckMaking(form, end, earliest, latest, twist, predecessor, true);
  }
}
