package jp.kazashi.simulator.world;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import jp.kazashi.simulator.card.PinCounters;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.pki.CertificateNumber;
import jp.kazashi.simulator.pki.IssuedCertificate;

/**
 * A minted card with its story.
 *
 * @param counters the tries its PINs have left
 * @param mintedOn the world's day
 * @param registered which certificate was registered (利用登録) and when; empty where none was
 */
record DeckCard(
    DeckStory story,
    VirtualCard card,
    PinCounters counters,
    IssuedCertificate certificate,
    LocalDate mintedOn,
    Optional<Registered> registered) {

  /** The card's own certificate, or the one before it. */
  record Registered(CertificateNumber certificate, Instant at) {}

  DeckCard with(VirtualCard another) {
    return new DeckCard(story, another, counters, certificate, mintedOn, registered);
  }

  LocalDate lastDay() {
    return certificate.ends().atZone(ClockChange.TOKYO).toLocalDate();
  }

  /** How insurers and the holder directory call its holder. */
  String personCode() {
    return personCode(story, mintedOn);
  }

  /** Whoever changed the insurer anew is somebody else: what happened before cannot be unsaid. */
  static String personCode(DeckStory story, LocalDate mintedOn) {
    return story.is(DeckStory.Twist.INSURER_CHANGED)
        ? "P-" + story.card() + "-" + mintedOn
        : "P-" + story.card();
  }

  /** True relative to this time: the certificate ends as told and had begun by then. */
  boolean isTrue(Instant now) {
    LocalDate today = now.atZone(ClockChange.TOKYO).toLocalDate();
    return story.isTrue(lastDay(), today)
        && !certificate.begins().isAfter(now)
        && registered.map(registration -> registration.at().isBefore(now)).orElse(true)
        && (!story.is(DeckStory.Twist.INSURER_CHANGED)
            || YearMonth.from(mintedOn).equals(YearMonth.from(today)));
  }
}
