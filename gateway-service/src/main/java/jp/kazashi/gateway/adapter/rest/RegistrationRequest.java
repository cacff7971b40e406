package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Which check was refused because its card is not registered. */
public record RegistrationRequest(@NotNull UUID checkId) {}
