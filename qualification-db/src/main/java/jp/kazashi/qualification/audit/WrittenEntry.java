package jp.kazashi.qualification.audit;

/** An entry as it was found written, with the hash written beside it; nothing is proved yet. */
public record WrittenEntry(AuditEntry entry, Digest hash) {}
