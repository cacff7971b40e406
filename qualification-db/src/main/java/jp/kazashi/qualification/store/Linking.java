package jp.kazashi.qualification.store;

import java.util.Optional;
import jp.kazashi.qualification.check.CheckId;
import jp.kazashi.qualification.holder.Registration;

/**
 * A holder is tied to a person in the same commit as the check that found out.
 *
 * @param follows the check whose proof is used once more, of a registration at the counter; empty
 *     where a renewed certificate is linked by itself
 */
public record Linking(Registration registration, Optional<CheckId> follows) {}
