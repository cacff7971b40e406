package jp.kazashi.reader.myna;

import jp.kazashi.jpki.certificate.UntrustedCertificate;

/** What came of one tap with a phone: certificate and signature come together. */
public sealed interface PhoneProving {

  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Signed(UntrustedCertificate certificate, byte[] signature) implements PhoneProving {
    @Override
    public String toString() {
      return "Signed (%d bytes)".formatted(signature.length);
    }
  }

  /** One try is spent; at least one is left. */
  record WrongPin(int triesLeft) implements PhoneProving {}

  record PinBlocked() implements PhoneProving {}

  /** This phone asks its holder for nothing by itself. */
  record PinNeeded() implements PhoneProving {}

  record CardGone() implements PhoneProving {}

  record Trouble(String what) implements PhoneProving {}
}
