package jp.kazashi.qualification.person;

/**
 * A person, as far as every insurer agrees; name, birth date and address belong to each
 * qualification, since each insurer registers its own.
 *
 * @param undisclosed 不開示該当: no address in look-ups, no access history
 * @param provisionBarred 自己情報提供不可: the card cannot be used at all
 */
public record Person(PersonId id, PersonCode code, boolean undisclosed, boolean provisionBarred) {}
