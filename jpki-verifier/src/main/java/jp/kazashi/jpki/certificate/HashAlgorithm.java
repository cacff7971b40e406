package jp.kazashi.jpki.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import jp.kazashi.jpki.Octets;

/** What an OCSP identity may be hashed with: a name for a key, not a proof of anything. */
public enum HashAlgorithm {
  SHA1("SHA-1", "1.3.14.3.2.26"),
  SHA256("SHA-256", "2.16.840.1.101.3.4.2.1");

  private final String jcaName;
  private final String oid;

  HashAlgorithm(String jcaName, String oid) {
    this.jcaName = jcaName;
    this.oid = oid;
  }

  public String oid() {
    return oid;
  }

  public Octets hash(byte[] input) {
    try {
      return Octets.of(MessageDigest.getInstance(jcaName).digest(input));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + jcaName, e);
    }
  }

  public static Optional<HashAlgorithm> ofOid(String oid) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.oid.equals(oid)).findFirst();
  }
}
