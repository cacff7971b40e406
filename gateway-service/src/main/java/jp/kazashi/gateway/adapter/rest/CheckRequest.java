package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import jp.kazashi.gateway.check.FaceCalibration;
import jp.kazashi.jpki.statement.VerificationMethod;
import org.jspecify.annotations.Nullable;

/**
 * The proof of one visit. The signed statement itself is not in it: the gateway rebuilds it, so
 * that nothing the terminal claims has to be compared.
 *
 * @param certificate DER in base64
 * @param signature in base64
 * @param pass with the method STAFF only: the visual check's pass
 * @param faceCalibration with the method FACE only: the id of the calibration whose threshold the
 *     face reached; terminals older than this field send none
 */
public record CheckRequest(
    @NotNull @Size(max = 1024) String challenge,
    @NotNull VerificationMethod method,
    @NotNull Instant confirmedAt,
    @NotNull @Size(max = 87380) String certificate,
    @NotNull @Size(max = 5464) String signature,
    @Nullable UUID pass,
    @Nullable @Pattern(regexp = FaceCalibration.FORM) String faceCalibration) {}
