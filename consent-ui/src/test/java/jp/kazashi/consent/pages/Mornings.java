package jp.kazashi.consent.pages;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.Arrival.Standing;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.ScreenView;
import jp.kazashi.consent.Sentence;

/** Everybody who can stand on an arrival list. */
final class Mornings {

  static final Instant AT = Instant.parse("2026-12-01T00:05:00Z");

  private static final Sentence NEXT =
      new Sentence("資格確認書で確認してください。", "Use the confirmation document.");
  private static final Sentence RENEW =
      new Sentence("電子証明書の有効期限が近づいています。", "The certificate will end soon.");

  private Mornings() {}

  static List<Arrival> all() {
    return List.of(
        line(1, new Standing.Left(), List.of(), List.of(), Optional.empty(), Arrival.Chart.NONE),
        line(
            2,
            new Standing.Refused(
                "CERTIFICATE_REVOKED", new Sentence("証明書は失効しています。", "The certificate is revoked.")),
            List.of(),
            List.of(),
            Optional.of(NEXT),
            Arrival.Chart.NONE),
        line(
            3,
            answered("架空 次郎", "架空 次郎", Arrival.Validity.SUPERSEDED),
            List.of(),
            List.of(),
            Optional.of(NEXT),
            Arrival.Chart.NONE),
        line(
            4,
            answered("架空 三郎", "架空 三郎", Arrival.Validity.VALID_UNREGISTERED),
            List.of(),
            List.of(RENEW),
            Optional.empty(),
            new Arrival.Chart(Optional.of("P0000042"), List.of())),
        line(
            5,
            answered("𠮷田 八重", "●田 八重", Arrival.Validity.VALID),
            List.of(MedicalCategory.values()),
            List.of(RENEW),
            Optional.empty(),
            new Arrival.Chart(Optional.empty(), List.of("P0000043"))),
        atKiosk(6, ScreenView.Station.METHOD));
  }

  static Arrival atKiosk(long order, ScreenView.Station station) {
    return line(
        order,
        new Standing.AtKiosk(station),
        List.of(),
        List.of(),
        Optional.empty(),
        Arrival.Chart.NONE);
  }

  private static Standing answered(String name, String printable, Arrival.Validity validity) {
    return new Standing.Answered(
        new Arrival.Person(name, printable, "カクウ ヤエ", LocalDate.of(1985, 4, 2)),
        validity,
        "見本健康保険組合",
        Optional.of(30),
        ProofMethod.PIN);
  }

  private static Arrival line(
      long order,
      Standing standing,
      List<MedicalCategory> consents,
      List<Sentence> alerts,
      Optional<Sentence> nextStep,
      Arrival.Chart chart) {
    return new Arrival(
        String.valueOf(order),
        order,
        AT.plusSeconds(60 * order),
        "kiosk-1",
        standing,
        consents,
        consents.isEmpty() ? Optional.empty() : Optional.of(AT.plusSeconds(86_400)),
        alerts,
        nextStep,
        standing instanceof Standing.Answered ? Optional.of("check-" + order) : Optional.empty(),
        chart);
  }
}
