package jp.kazashi.simulator.pki;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Finds authorities by the hashes that name them in a CertID (RFC 6960 §4.1.1). */
public final class IssuerIndex {
  private final SimulatedJpki jpki;
  private final Map<Issuer, Map<Hash, Hashes>> known = new ConcurrentHashMap<>();

  public IssuerIndex(SimulatedJpki jpki) {
    this.jpki = jpki;
  }

  /** What a CertID may be hashed with. */
  public enum Hash {
    SHA1("SHA-1", "1.3.14.3.2.26"),
    SHA256("SHA-256", "2.16.840.1.101.3.4.2.1");

    private final String word;
    private final String identifier;

    Hash(String word, String identifier) {
      this.word = word;
      this.identifier = identifier;
    }

    public String word() {
      return word;
    }

    public static Optional<Hash> named(String word) {
      return Stream.of(values()).filter(hash -> hash.word.equals(word)).findFirst();
    }

    public static Optional<Hash> identified(String identifier) {
      return Stream.of(values()).filter(hash -> hash.identifier.equals(identifier)).findFirst();
    }
  }

  /** Of an authority's name, and of its key. */
  public static final class Hashes {
    private final byte[] name;
    private final byte[] key;

    private Hashes(byte[] name, byte[] key) {
      this.name = name;
      this.key = key;
    }

    public byte[] name() {
      return name.clone();
    }

    public byte[] key() {
      return key.clone();
    }
  }

  /** Only those of the JPKI that are there already: the others have issued nothing. */
  public Optional<Issuer> find(Hash hash, byte[] nameHash, byte[] keyHash) {
    return Stream.of(Issuer.values())
        .filter(jpki::publishes)
        .filter(issuer -> {
          Hashes hashes = hashes(issuer, hash);
          return MessageDigest.isEqual(hashes.key, keyHash)
              && MessageDigest.isEqual(hashes.name, nameHash);
        })
        .findFirst();
  }

  public Hashes hashes(Issuer issuer, Hash hash) {
    return known
        .computeIfAbsent(issuer, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(hash, _ -> digest(jpki.authority(issuer).certificate(), hash));
  }

  private static Hashes digest(X509Certificate authority, Hash hash) {
    try {
      MessageDigest digest = MessageDigest.getInstance(hash.word());
      return new Hashes(
          digest.digest(authority.getSubjectX500Principal().getEncoded()),
          digest.digest(
              SubjectPublicKeyInfo.getInstance(authority.getPublicKey().getEncoded())
                  .getPublicKeyData()
                  .getBytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + hash, e);
    }
  }
}
