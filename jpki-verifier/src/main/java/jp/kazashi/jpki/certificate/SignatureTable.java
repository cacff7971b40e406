package jp.kazashi.jpki.certificate;

import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Which algorithms count. What is not in the table proves nothing. */
public interface SignatureTable {
  /** All we know: for keys that were configured, and lists whose signer is known by its key. */
  SignatureTable EVERY_SCHEME = of(Set.of(SignatureScheme.values()));

  /** The key, when it is of an algorithm and a size of the table. */
  Optional<PublicKey> key(SubjectPublicKeyInfo info);

  /** Whether the signature is the key's over exactly these bytes, by an algorithm of the table. */
  boolean verifies(AlgorithmIdentifier algorithm, PublicKey key, byte[] signed, byte[] signature);

  /** A table of these schemes. */
  static SignatureTable of(Set<SignatureScheme> schemes) {
    return new OfSchemes(schemes);
  }

  record OfSchemes(Set<SignatureScheme> schemes) implements SignatureTable {
    public OfSchemes {
      schemes = Set.copyOf(schemes);
    }

    @Override
    public Optional<PublicKey> key(SubjectPublicKeyInfo info) {
      return SignatureScheme.ofKey(info.getAlgorithm())
          .filter(schemes::contains)
          .flatMap(scheme -> scheme.key(info));
    }

    @Override
    public boolean verifies(
        AlgorithmIdentifier algorithm, PublicKey key, byte[] signed, byte[] signature) {
      return SignatureScheme.ofSignature(algorithm)
          .filter(schemes::contains)
          .map(scheme -> scheme.verifies(key, signed, signature))
          .orElse(false);
    }
  }
}
