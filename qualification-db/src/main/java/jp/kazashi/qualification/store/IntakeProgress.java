package jp.kazashi.qualification.store;

/** How far a delivery has come. */
public record IntakeProgress(long bytes, int accepted, int duplicates, int rejected) {}
