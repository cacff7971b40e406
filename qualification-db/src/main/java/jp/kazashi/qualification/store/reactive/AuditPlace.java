package jp.kazashi.qualification.store.reactive;

import java.io.Serializable;
import java.time.Instant;

/** The key of an audit row; the opening instant is the same for a whole chain. */
record AuditPlace(Instant openedAt, String node, int epoch, long number) implements Serializable {}
