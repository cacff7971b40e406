package jp.kazashi.qualification.person;

/** Who pays: an insurer or, for medical aid and other public schemes, a public payer. */
public sealed interface PayerNumber permits InsurerNumber, PublicPayerNumber {
  String digits();

  /** Medical aid is 法別 12; every other number a look-up may carry is an insurer's. */
  static PayerNumber of(String digits) {
    return digits.length() == 8 && digits.startsWith("12")
        ? new PublicPayerNumber(digits)
        : new InsurerNumber(digits);
  }
}
