package jp.kazashi.gateway.check;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.jpki.verdict.UntrustedProof;

/**
 * What a terminal sends once the card has signed. The statement is not in it: we rebuild it.
 *
 * @param face by which calibration a face was compared, where one was and the terminal says it
 */
public record UntrustedSubmission(
    String sealedChallenge,
    VerificationMethod method,
    Instant confirmedAt,
    UntrustedProof proof,
    Optional<UUID> pass,
    Optional<FaceCalibration> face) {}
