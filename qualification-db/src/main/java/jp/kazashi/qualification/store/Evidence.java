package jp.kazashi.qualification.store;

import jp.kazashi.qualification.audit.Digest;

/** Bytes that a judgement rests on, kept once under their own digest. */
public final class Evidence {
  private final String kind;
  private final byte[] bytes;
  private final Digest digest;

  /**
   * @param kind what it is to the check: STATEMENT, CERTIFICATE, SIGNATURE, OCSP, CRL…
   */
  public Evidence(String kind, byte[] bytes) {
    if (!kind.matches("[A-Z][A-Z_]{0,19}")) {
      throw new IllegalArgumentException("Evidence is of a kind, one word in capitals");
    }
    this.kind = kind;
    this.bytes = bytes.clone();
    this.digest = Digest.of(bytes);
  }

  public String kind() {
    return kind;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public Digest digest() {
    return digest;
  }
}
