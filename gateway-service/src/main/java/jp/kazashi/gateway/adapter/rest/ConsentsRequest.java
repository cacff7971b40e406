package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;

/** What the patient agreed to; empty when to nothing. */
public record ConsentsRequest(@NotNull @Size(max = 4) Set<@NotNull String> granted) {}
