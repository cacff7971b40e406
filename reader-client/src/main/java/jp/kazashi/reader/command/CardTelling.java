package jp.kazashi.reader.command;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.holder.ExpiryPolicy;
import jp.kazashi.reader.card.CardKind;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.myna.CertificateReading;
import jp.kazashi.reader.myna.MynaCard;
import jp.kazashi.reader.myna.PinTries;
import jp.kazashi.reader.myna.Recognition;

/**
 * A card in a few lines. What it says of itself is told as that: whether its certificate is genuine
 * or revoked is for the gateway to judge.
 */
record CardTelling(boolean isUsable, List<String> lines) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'JST'", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Tokyo"));

  static CardTelling of(CardSession session, Instant now) throws Fault {
    return switch (MynaCard.recognise(session)) {
      case Recognition.Recognised(MynaCard card) -> ofCard(card, now);
      case Recognition.NotAMyNumberCard _ ->
          new CardTelling(
              false, List.of("Card         not a My Number card; it cannot be used here"));
      case Recognition.CardGone _ -> throw gone();
      case Recognition.Trouble(String what) -> throw new Fault(what);
    };
  }

  private static CardTelling ofCard(MynaCard card, Instant now) throws Fault {
    List<String> lines = new ArrayList<>();
    lines.add("Card         " + kind(card.kind()));
    lines.add("Certificate  " + certificate(card, now));
    if (card.kind() != CardKind.IPHONE) {
      lines.add("PIN          " + tries(card));
    }
    return new CardTelling(true, lines);
  }

  private static String kind(CardKind kind) {
    return switch (kind) {
      case MY_NUMBER_CARD -> "My Number card (マイナンバーカード)";
      case ANDROID_PHONE -> "Android phone (スマホ用電子証明書)";
      case IPHONE -> "iPhone (iPhoneのマイナンバーカード); its holder is confirmed by the phone";
      case OLD_RESIDENT_CARD -> "住民基本台帳カード";
    };
  }

  private static String certificate(MynaCard card, Instant now) throws Fault {
    return switch (card.authenticationCertificate()) {
      case CertificateReading.Read(UntrustedCertificate certificate) ->
          certificate(card.kind(), certificate, now);
      case CertificateReading.CardGone _ -> throw gone();
      case CertificateReading.Trouble(String what) -> {
        if (card.kind() == CardKind.ANDROID_PHONE) {
          yield "shown by this phone only after its PIN";
        }
        throw new Fault(what);
      }
    };
  }

  private static String certificate(CardKind kind, UntrustedCertificate untrusted, Instant now)
      throws Fault {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(untrusted.der().toArray()));
      Instant end = certificate.getNotAfter().toInstant();
      return "ends %s, phase %s; as the card says, not verified"
          .formatted(DAY.format(end), policy(kind).phase(end, now));
    } catch (CertificateException e) {
      throw new Fault("The card holds no certificate that can be read.");
    }
  }

  private static ExpiryPolicy policy(CardKind kind) {
    return kind == CardKind.MY_NUMBER_CARD
        ? ExpiryPolicy.threeMonths(ExpiryPolicy.Anchor.EXPIRY_DATE)
        : ExpiryPolicy.withoutGrace();
  }

  private static String tries(MynaCard card) throws Fault {
    return switch (card.pinTries()) {
      case PinTries.Left(int tries) -> tries + " tries left (none was used)";
      case PinTries.Blocked _ -> "blocked; the municipality's office sets a new one";
      case PinTries.CardGone _ -> throw gone();
      case PinTries.Trouble(String what) -> throw new Fault(what);
    };
  }

  private static Fault gone() {
    return new Fault("The card was taken away. Put it back and call this again.");
  }
}
