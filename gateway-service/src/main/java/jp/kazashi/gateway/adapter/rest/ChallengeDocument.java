package jp.kazashi.gateway.adapter.rest;

import java.time.Instant;
import java.util.UUID;

/** A challenge for the card to answer; {@code challenge} goes back unchanged with the proof. */
public record ChallengeDocument(
    String challenge,
    UUID id,
    Instant issuedAt,
    Instant expiresAt,
    String institution,
    String terminal) {}
