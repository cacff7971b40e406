package jp.kazashi.qualification.intake;

import org.jspecify.annotations.Nullable;

/**
 * A registration as it was sent.
 *
 * @param holderLink the link's opaque text, made from issuer and serial by whoever received the
 *     line
 */
public record RegistrationLine(
    @Nullable String line,
    @Nullable String personCode,
    @Nullable String holderLink,
    @Nullable String registeredAt) {}
