package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A holder was confirmed by sight.
 *
 * @param terminal the terminal at which the card will be read
 */
public record VisualCheckRequest(@NotNull @Size(min = 1, max = 64) String terminal) {}
