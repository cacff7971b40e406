package jp.kazashi.reader.myna;

import jp.kazashi.jpki.certificate.UntrustedCertificate;

/** What came of reading a certificate from the card. */
public sealed interface CertificateReading {

  /** Exactly one DER value, without the filler of the file. */
  record Read(UntrustedCertificate certificate) implements CertificateReading {}

  record CardGone() implements CertificateReading {}

  record Trouble(String what) implements CertificateReading {}
}
