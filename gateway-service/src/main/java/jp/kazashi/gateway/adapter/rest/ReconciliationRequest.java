package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One record of a terminal whose line was down, as it was kept.
 *
 * @param keyId the gateway's key that it is encrypted to
 * @param chain the terminal's chain
 * @param number its place in the chain, from 1
 * @param previous SHA-256 of the record before it in hexadecimal; of the first 64 zeros
 * @param sealed encapsulation and ciphertext in base64
 * @param afterGap true says that records before it are lost for good
 */
public record ReconciliationRequest(
    @NotNull @Pattern(regexp = "[0-9a-f]{16}") String keyId,
    @NotNull UUID chain,
    @Min(1) long number,
    @NotNull @Pattern(regexp = "[0-9a-f]{64}") String previous,
    @NotNull @Size(max = 131072) String sealed,
    @Nullable Boolean afterGap) {}
