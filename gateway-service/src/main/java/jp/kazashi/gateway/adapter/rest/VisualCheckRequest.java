package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A holder was confirmed by sight.
 *
 * @param terminal the terminal at which the card will be read
 * @param call the open call by which they wait there; it is answered, and the terminal told the
 *     pass
 */
public record VisualCheckRequest(
    @NotNull @Size(min = 1, max = 64) String terminal, @Nullable UUID call) {}
