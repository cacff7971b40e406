package jp.kazashi.jpki.certificate;

import java.time.Instant;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.holder.Carrier;
import jp.kazashi.jpki.holder.Holder;

/** A certificate that an anchor issued for the asked purpose. Only the path check makes one. */
public final class CardCertificate {
  private final ProfiledCertificate proven;
  private final Authority issuer;

  CardCertificate(ProfiledCertificate proven, Authority issuer) {
    this.proven = proven;
    this.issuer = issuer;
  }

  public Holder holder() {
    return new Holder(proven.certificate().holderKey(), carrier());
  }

  public Carrier carrier() {
    return proven.profile().carrier();
  }

  /** Its last valid second. */
  public Instant ends() {
    return proven.validity().notAfter();
  }

  public Authority issuer() {
    return issuer;
  }

  public CertId id(HashAlgorithm hash) {
    return CertId.of(issuer, proven.certificate(), hash);
  }

  /** Whether its key made the signature over exactly these bytes. */
  public boolean signed(byte[] statement, Octets signature) {
    return proven.scheme().verifies(proven.key(), statement, signature.toArray());
  }
}
