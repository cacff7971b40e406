package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.Valid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom a reference number names: the person of a check, or whom exact keys name. One of both. */
public record ReferenceNumberRequest(@Nullable UUID checkId, @Nullable @Valid KeysRequest keys) {}
