package jp.kazashi.consent;

import java.time.Instant;

/** Somebody at a kiosk asks for staff. */
public record StaffCall(String terminal, Instant at) {}
