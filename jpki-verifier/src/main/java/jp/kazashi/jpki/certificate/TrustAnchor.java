package jp.kazashi.jpki.certificate;

import jp.kazashi.jpki.Octets;

/** One generation of an authority. */
@SuppressWarnings("DoNotCallSuggester")
final class TrustAnchor {
  Octets nameHash(HashAlgorithm hash) {
    return hash.hash(new byte[0]);
  }

  Octets keyHash(HashAlgorithm hash) {
    return hash.hash(new byte[0]);
  }
}
