package jp.kazashi.qualification.intake;

import jp.kazashi.qualification.person.PersonId;

/**
 * One record to be written.
 *
 * @param place where its line stands in its batch: a withdrawal reaches what stands before it
 */
public record RecordChange(PersonId person, int place, RecordDraft draft) {}
