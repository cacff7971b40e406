package jp.kazashi.gateway.adapter.rest;

import java.time.Instant;
import jp.kazashi.jpki.holder.CertificatePhase;

/** Where the certificate stands in its life. */
public record CertificateDocument(CertificatePhase phase, Instant expiresAt) {}
