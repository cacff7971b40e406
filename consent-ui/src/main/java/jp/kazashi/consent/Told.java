package jp.kazashi.consent;

/**
 * Something a patient is told from the catalogues of reasons. The pages know it by its id in the
 * languages the catalogues do not speak.
 *
 * @param sentence as the catalogue says it, and for who reads a language that has no words for it
 */
public record Told(String id, Sentence sentence) {}
