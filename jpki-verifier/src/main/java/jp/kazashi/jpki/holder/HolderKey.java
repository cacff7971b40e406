package jp.kazashi.jpki.holder;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import jp.kazashi.jpki.Octets;

/** 発行番号: issuer (its Name in DER) and serial number; what a registration hangs on. */
public record HolderKey(Octets issuer, BigInteger serial) {
  public HolderKey {
    requireNonNull(issuer, "issuer");
    requireNonNull(serial, "serial");
  }

  public HolderKey(byte[] issuer, BigInteger serial) {
    this(Octets.of(issuer), serial);
  }

  /** A key names a person to whoever holds the registrations: it is not for logs. */
  @Override
  public String toString() {
    return "HolderKey";
  }
}
