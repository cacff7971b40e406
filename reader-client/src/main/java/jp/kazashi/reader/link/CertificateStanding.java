package jp.kazashi.reader.link;

import java.time.Instant;
import jp.kazashi.jpki.holder.CertificatePhase;

/** Where the card's certificate stands in its life, as the gateway judged it. */
public record CertificateStanding(CertificatePhase phase, Instant expiresAt) {}
