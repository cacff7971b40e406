package jp.kazashi.gateway.adapter.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.gateway.check.FaceCalibration;
import jp.kazashi.gateway.check.RecordPlace;
import jp.kazashi.gateway.check.RecordedVisit;
import jp.kazashi.gateway.check.SealedRecord;
import jp.kazashi.gateway.port.OpenRecord;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.jpki.verdict.UntrustedProof;
import jp.kazashi.qualification.audit.Digest;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's end of RFC 9180 (HPKE, base mode): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
 * AES-256-GCM. The first key is the one that terminals are given; the others still open what was
 * recorded before it came.
 */
public final class DegradedSeal implements OpenRecord {
  public static final String SCHEME = "HPKE-X25519-HKDF-SHA256-AES-256-GCM";

  private static final byte[] INFO = "kazashi degraded record v1".getBytes(US_ASCII);
  private static final int KEY_ID_DIGITS = 16;
  private static final int ENCAPSULATION_BYTES = 32;
  private static final int TAG_BYTES = 16;
  private static final int SHORTEST_PROPER_IKM = 32;

  private final ObjectMapper json;
  private final Map<String, AsymmetricCipherKeyPair> keys = new LinkedHashMap<>();
  private final PublicKey current;

  /** What terminals encrypt to. */
  public record PublicKey(String id, Octets octets) {}

  /**
   * @param secrets of 32 bytes or more, from each of which a key is derived (RFC 9180 §7.1.3); the
   *     first is the current one
   */
  public DegradedSeal(List<byte[]> secrets, ObjectMapper json) {
    this.json = json;
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("There is always a key to record to");
    }
    HPKE hpke = hpke();
    List<PublicKey> open = new ArrayList<>();
    for (byte[] secret : secrets) {
      if (secret.length < SHORTEST_PROPER_IKM) {
        throw new IllegalArgumentException("A secret has at least 32 bytes");
      }
      AsymmetricCipherKeyPair pair = hpke.deriveKeyPair(secret);
      byte[] octets = hpke.serializePublicKey(pair.getPublic());
      String id = Digest.of(octets).hex().substring(0, KEY_ID_DIGITS);
      open.add(new PublicKey(id, Octets.of(octets)));
      keys.put(id, pair);
    }
    this.current = open.getFirst();
  }

  public PublicKey current() {
    return current;
  }

  @Override
  public boolean holds(String keyId) {
    return keys.containsKey(keyId);
  }

  @Override
  public Optional<RecordedVisit> open(Caller caller, SealedRecord record) {
    AsymmetricCipherKeyPair key = keys.get(record.keyId());
    byte[] sealed = record.sealed().toArray();
    if (key == null || sealed.length < ENCAPSULATION_BYTES + TAG_BYTES) {
      return Optional.empty();
    }
    byte[] encapsulation = new byte[ENCAPSULATION_BYTES];
    System.arraycopy(sealed, 0, encapsulation, 0, ENCAPSULATION_BYTES);
    try {
      byte[] plain =
          hpke()
              .setupBaseR(encapsulation, key, INFO)
              .open(
                  RecordPlace.of(caller, record),
                  sealed,
                  ENCAPSULATION_BYTES,
                  sealed.length - ENCAPSULATION_BYTES);
      return Optional.of(json.readValue(plain, Written.class).visit());
    } catch (InvalidCipherTextException
        | IOException
        | IllegalArgumentException
        | IllegalStateException
        | DateTimeException e) {
      // Changed, another terminal's, a point of low order, or no visit.
      return Optional.empty();
    }
  }

  private static HPKE hpke() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }

  /** As the terminal wrote it. */
  private record Written(
      @Nullable UUID nonce,
      @Nullable Instant madeAt,
      @Nullable VerificationMethod method,
      @Nullable Instant confirmedAt,
      @Nullable String certificate,
      @Nullable String signature,
      @Nullable String faceCalibration,
      @Nullable String name,
      @Nullable LocalDate birthDate,
      @Nullable String sex,
      @Nullable String address) {
    private static final int LONGEST_TEXT = 300;

    RecordedVisit visit() {
      return new RecordedVisit(
          given(nonce),
          given(madeAt),
          given(method),
          given(confirmedAt),
          new UntrustedProof(
              new UntrustedCertificate(Base64.getDecoder().decode(given(certificate))),
              Base64.getDecoder().decode(given(signature))),
          Optional.ofNullable(faceCalibration).map(FaceCalibration::new),
          new RecordedVisit.Typed(
              text(name), given(birthDate).toString(), text(sex), text(address)));
    }

    private static <T> T given(@Nullable T value) {
      if (value == null) {
        throw new IllegalArgumentException("A record is whole");
      }
      return value;
    }

    private static String text(@Nullable String value) {
      if (given(value).length() > LONGEST_TEXT) {
        throw new IllegalArgumentException("What staff type is short");
      }
      return given(value);
    }
  }
}
