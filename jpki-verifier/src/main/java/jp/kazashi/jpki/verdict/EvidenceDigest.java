package jp.kazashi.jpki.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.revocation.RevocationEvidence;
import jp.kazashi.jpki.revocation.RevocationEvidence.CrlSnapshot;
import jp.kazashi.jpki.revocation.RevocationEvidence.OcspAnswer;
import jp.kazashi.jpki.revocation.RevocationEvidence.Unanswered;
import jp.kazashi.jpki.statement.ChallengeStatement;

/** SHA-256 over everything a verdict was reached from; names a stored bundle. */
public record EvidenceDigest(Octets value) {
  private static final int OCTETS = 32;
  private static final Octets NOTHING = Octets.of(new byte[0]);
  private static final byte[] TITLE = "kazashi.evidence/1".getBytes(UTF_8);

  public EvidenceDigest {
    if (value.length() != OCTETS) {
      throw new IllegalArgumentException("An evidence digest has " + OCTETS + " octets");
    }
  }

  public static EvidenceDigest of(
      UntrustedProof proof, ChallengeStatement statement, List<RevocationEvidence> evidence) {
    MessageDigest digest = sha256();
    add(digest, TITLE);
    add(digest, proof.certificate().der());
    add(digest, proof.signature());
    add(digest, statement.bytes());
    for (RevocationEvidence piece : evidence) {
      add(digest, piece);
    }
    return new EvidenceDigest(Octets.of(digest.digest()));
  }

  public String hex() {
    return value.hex();
  }

  @Override
  public String toString() {
    return hex();
  }

  private static void add(MessageDigest digest, RevocationEvidence evidence) {
    add(digest, evidence.source().toString().getBytes(UTF_8));
    add(digest, octets(evidence.fetchedAt()));
    switch (evidence) {
      case OcspAnswer answer -> {
        add(digest, "ocsp".getBytes(UTF_8));
        add(digest, answer.body());
        add(digest, answer.nonce().orElse(NOTHING));
      }
      case CrlSnapshot snapshot -> {
        add(digest, "crl".getBytes(UTF_8));
        add(digest, snapshot.list().digest());
      }
      case Unanswered unanswered -> {
        add(digest, "unanswered".getBytes(UTF_8));
        add(digest, unanswered.trouble().name().getBytes(UTF_8));
      }
    }
  }

  // Every part behind its length, so that no two bundles have the same bytes.
  private static void add(MessageDigest digest, byte[] part) {
    addLength(digest, part.length);
    digest.update(part);
  }

  private static void add(MessageDigest digest, Octets part) {
    addLength(digest, part.length());
    part.addTo(digest);
  }

  private static void addLength(MessageDigest digest, int length) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
  }

  private static byte[] octets(Instant instant) {
    return ByteBuffer.allocate(Long.BYTES).putLong(instant.toEpochMilli()).array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
