package jp.kazashi.reader.link;

import jp.kazashi.consent.Sentence;

/** Something the patient and the desk should know, beside the answer. */
public record Notice(String id, Sentence patient, Sentence desk) {}
