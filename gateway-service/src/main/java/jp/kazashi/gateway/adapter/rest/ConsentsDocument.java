package jp.kazashi.gateway.adapter.rest;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The patient's decision; a no stands as long as a yes would. */
public record ConsentsDocument(
    UUID checkId, List<String> consents, Instant expiresAt, ReceiptDocument receipt) {}
