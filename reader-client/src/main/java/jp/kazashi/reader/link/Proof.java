package jp.kazashi.reader.link;

import java.time.Instant;
import java.util.Optional;
import jp.kazashi.jpki.Octets;
import jp.kazashi.jpki.certificate.UntrustedCertificate;
import jp.kazashi.jpki.statement.VerificationMethod;

/**
 * What is sent for one check. The statement itself is not in it: the gateway builds it anew, so a
 * mismatch of anything is a bad signature.
 *
 * @param pass only with the method STAFF
 * @param calibration only with the method FACE
 */
public record Proof(
    SealedChallenge challenge,
    VerificationMethod method,
    Instant confirmedAt,
    UntrustedCertificate certificate,
    Octets signature,
    Optional<StaffPass> pass,
    Optional<FaceCalibration> calibration) {}
