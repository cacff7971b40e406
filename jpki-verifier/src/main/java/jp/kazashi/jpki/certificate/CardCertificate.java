package jp.kazashi.jpki.certificate;

import java.time.Instant;
import java.util.List;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.holder.Carrier;
import jp.kazashi.jpki.holder.Holder;

/** A certificate that hangs on an anchor for the asked purpose. Only the path check makes one. */
public final class CardCertificate {
  private final ProfiledCertificate proven;
  private final ValidPath path;

  CardCertificate(ProfiledCertificate proven, ValidPath path) {
    this.proven = proven;
    this.path = path;
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
    return link().issuer();
  }

  /** The holder's certificate as the last link of its path. */
  public Link link() {
    return path.links().getLast();
  }

  /** The authorities between the anchor and the holder's certificate, from the anchor down. */
  public List<Link> authorities() {
    return path.links().subList(0, path.links().size() - 1);
  }

  public CertId id(HashAlgorithm hash) {
    return link().id(hash);
  }

  /** Whether its key made the signature over exactly these bytes. */
  public boolean signed(byte[] statement, Octets signature) {
    return proven.scheme().verifies(proven.key(), statement, signature.toArray());
  }
}
