package jp.kazashi.qualification.intake;

/** A line as it came out of a delivery. */
public sealed interface ReadLine permits FeedLine, RejectedLine {}
