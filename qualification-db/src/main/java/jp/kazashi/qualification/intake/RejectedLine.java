package jp.kazashi.qualification.intake;

/** Why one line was not taken in; the field is named as in the feed. */
public record RejectedLine(String line, String field, String reason) implements ReadLine {}
