package jp.kazashi.jpki.verdict;

import java.util.HexFormat;
import java.util.List;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.statement.ChallengeStatement;

/** SHA-256 over everything a verdict was reached from; names a stored bundle. */
@SuppressWarnings("DoNotCallSuggester")
public record EvidenceDigest(Octets value) {
  private static final int OCTETS = 32;

  public EvidenceDigest {
    if (value.length() != OCTETS) {
      throw new IllegalArgumentException("An evidence digest has " + OCTETS + " octets");
    }
  }

  public static EvidenceDigest of(
      UntrustedProof proof, ChallengeStatement statement, List<RevocationEvidence> evidence) {
    throw new UnsupportedOperationException("of");
  }

  public String hex() {
    return HexFormat.of().formatHex(value.toArray());
  }

  @Override
  public String toString() {
    return hex();
  }
}
