package jp.kazashi.simulator.world;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Optional;
import jp.kazashi.simulator.pki.CertificateOrder;
import jp.kazashi.simulator.pki.Holding;
import jp.kazashi.simulator.pki.IssuedCertificate;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.Revocation;
import jp.kazashi.simulator.pki.SerialStatus;
import jp.kazashi.simulator.pki.SimulatedJpki;

/**
 * The municipality's counter: what happens to the authentication certificate of a person's card. A
 * new certificate is of the card's own key, and is there when the card is next put on a reader.
 */
final class JpkiCounter {
  /** Of every certificate. */
  static final Period LIFE = Period.ofYears(5);

  private static final int OPENS = 10;

  /** The cards the counter can reach. */
  interface Cards {
    /** Empty where there is no such card. */
    Optional<IssuedCertificate> certificate(String card);

    /** Writes another certificate onto the card. */
    void put(String card, IssuedCertificate certificate) throws IOException;
  }

  private final SimulatedJpki jpki;
  private final Cards cards;
  private final InstantSource clock;

  JpkiCounter(SimulatedJpki jpki, Cards cards, InstantSource clock) {
    this.jpki = jpki;
    this.cards = cards;
    this.clock = clock;
  }

  /** A card's certificate and what is known of it now. */
  record CardState(IssuedCertificate certificate, SerialStatus status, Optional<Holding> holding) {}

  /** Empty where there is no such card; so for all that follows. */
  Optional<CardState> state(String card) {
    return cards
        .certificate(card)
        .map(certificate ->
            new CardState(
                certificate,
                jpki.status(certificate.number(), clock.instant()),
                jpki.holding(certificate.number())));
  }

  synchronized Optional<CardState> revoke(String card, Revocation.Reason reason) {
    known(card).ifPresent(certificate -> jpki.revoke(certificate, reason, clock.instant()));
    return state(card);
  }

  synchronized Optional<CardState> release(String card) {
    known(card).ifPresent(certificate -> jpki.release(certificate, clock.instant()));
    return state(card);
  }

  /** A new one from now on, for five years; the old one is superseded. */
  synchronized Optional<CardState> renew(String card) throws IOException {
    Optional<IssuedCertificate> old = known(card);
    if (old.isPresent()) {
      Issuer issuer = Issuer.newest(old.get().by().use(), old.get().by().carrier());
      ZonedDateTime now = clock.instant().atZone(ClockChange.TOKYO);
      cards.put(
          card,
          jpki.renew(
              old.get(),
              CertificateOrder.of(
                  issuer,
                  old.get().certificate().getPublicKey(),
                  now.toInstant(),
                  now.toLocalDate().plus(LIFE))));
    }
    return state(card);
  }

  /** One of the same person in the place of the present one, as if it had been there all along. */
  synchronized Optional<CardState> expire(String card, Optional<LocalDate> lastDay)
      throws IOException {
    Optional<IssuedCertificate> old = known(card);
    if (old.isPresent()) {
      LocalDate today = clock.instant().atZone(ClockChange.TOKYO).toLocalDate();
      LocalDate ended = lastDay.orElse(today.minusDays(1));
      if (ended.isAfter(today.plus(LIFE)) || ended.isBefore(today.minus(LIFE))) {
        throw new IllegalArgumentException(
            "'lastDay' is a day within five years from today, before or after.");
      }
      cards.put(card, jpki.issue(sameButEnding(old.get(), ended)));
    }
    return state(card);
  }

  private CertificateOrder sameButEnding(IssuedCertificate old, LocalDate lastDay) {
    Instant begins = begins(lastDay);
    Issuer issuer = jpki.issuing(old.by().use(), old.by().carrier(), begins);
    Instant earliest = jpki.authority(issuer).certificate().getNotBefore().toInstant();
    CertificateOrder order =
        CertificateOrder.of(
            issuer,
            old.certificate().getPublicKey(),
            begins.isBefore(earliest) ? earliest : begins,
            lastDay);
    return jpki.holding(old.number())
        .map(holding -> order.forPerson(holding.personCode()))
        .orElse(order);
  }

  /** Of a certificate that ends on that day. */
  static Instant begins(LocalDate lastDay) {
    return lastDay.minus(LIFE).atTime(OPENS, 0).atZone(ClockChange.TOKYO).toInstant();
  }

  private Optional<IssuedCertificate> known(String card) {
    Optional<IssuedCertificate> certificate = cards.certificate(card);
    certificate.ifPresent(its -> {
      if (its.by().isStranger()) {
        throw new IllegalArgumentException("The JPKI never issued the certificate on this card.");
      }
    });
    return certificate;
  }
}
