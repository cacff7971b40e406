package jp.kazashi.simulator.world;

import java.time.Instant;
import java.time.LocalDate;
import jp.kazashi.simulator.card.VirtualCard;
import jp.kazashi.simulator.pki.IssuedCertificate;

/** A minted card with its story. */
record DeckCard(
    DeckStory story, VirtualCard card, IssuedCertificate certificate, Instant registeredAt) {
  LocalDate lastDay() {
    return certificate.ends().atZone(ClockChange.TOKYO).toLocalDate();
  }

  /** True relative to this time: the certificate ends as told and had begun by then. */
  boolean isTrue(Instant now) {
    return story.isTrue(lastDay(), now.atZone(ClockChange.TOKYO).toLocalDate())
        && registeredAt.isBefore(now);
  }
}
