package jp.kazashi.qualification.holder;

import java.time.Instant;
import jp.kazashi.qualification.person.PersonId;
import org.jspecify.annotations.Nullable;

/** A holder's registration for use (利用登録), from one instant until it is ended, if it is. */
public record Registration(
    HolderLink link, PersonId person, Instant registeredAt, @Nullable Instant endedAt) {}
