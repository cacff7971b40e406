package jp.kazashi.reader.visit;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import jp.kazashi.jpki.statement.VerificationMethod;
import jp.kazashi.reader.myna.PinlessAuthorizer;

/**
 * How this terminal can confirm the holder of a card. The PIN always works; face and sight need a
 * way to have the card sign without it, which real cards give to nobody (docs/hardware.md).
 */
public record Means(
    PinlessAuthorizer pinless, Optional<FaceCheck> face, Optional<StaffPasses> staff) {

  public static Means pinOnly() {
    return new Means(PinlessAuthorizer.none(), Optional.empty(), Optional.empty());
  }

  /** Of a card. A phone is its own method. */
  public Set<VerificationMethod> methods() {
    Set<VerificationMethod> methods = EnumSet.of(VerificationMethod.PIN);
    if (face.isPresent() && face.get().matcher().isReady()) {
      methods.add(VerificationMethod.FACE);
    }
    if (staff.isPresent()) {
      methods.add(VerificationMethod.STAFF);
    }
    return methods;
  }
}
