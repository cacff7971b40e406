package jp.kazashi.jpki.certificate;

import java.math.BigInteger;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.holder.HolderKey;

/** A well-formed certificate. Still untrusted. */
@SuppressWarnings("DoNotCallSuggester")
final class ParsedCertificate {
  static Optional<ParsedCertificate> parse(Octets der) {
    throw new UnsupportedOperationException("parse");
  }

  HolderKey holderKey() {
    throw new UnsupportedOperationException("holderKey");
  }

  BigInteger serial() {
    throw new UnsupportedOperationException("serial");
  }
}
