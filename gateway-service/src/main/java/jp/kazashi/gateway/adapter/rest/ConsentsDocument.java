package jp.kazashi.gateway.adapter.rest;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The consents now live for this check. */
public record ConsentsDocument(
    UUID checkId, List<String> consents, @Nullable Instant expiresAt, ReceiptDocument receipt) {}
