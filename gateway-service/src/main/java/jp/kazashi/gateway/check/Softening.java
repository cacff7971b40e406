package jp.kazashi.gateway.check;

import java.time.Instant;

/**
 * A check is answered although its revocation could not be found out.
 *
 * @param lastHad when evidence was last to be had
 */
public record Softening(Instant lastHad) {}
