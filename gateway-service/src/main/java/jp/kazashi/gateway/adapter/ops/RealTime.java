package jp.kazashi.gateway.adapter.ops;

import java.time.InstantSource;

/** The clock of TLS, which no world moves. */
public record RealTime(InstantSource clock) {}
