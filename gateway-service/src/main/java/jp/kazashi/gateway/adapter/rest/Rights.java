package jp.kazashi.gateway.adapter.rest;

import java.util.Set;
import jp.kazashi.gateway.check.Caller;
import jp.kazashi.qualification.staff.StaffAccount;

/**
 * What a caller may, as the resources name it: its certificate's role. A desk has more than one
 * word: with its certificate alone it may sign somebody in and nothing else.
 */
public final class Rights {
  /** The header of a staff session's token. */
  public static final String SESSION = "Staff-Session";

  /** A desk with nobody signed in. */
  public static final String SIGNED_OUT = "VIEWER_SIGNED_OUT";

  /** A desk with anybody signed in. */
  public static final String DESK = "VIEWER";

  /** A desk with somebody who may read records. */
  public static final String MEDICAL = "VIEWER_MEDICAL";

  /** A desk with somebody who keeps its accounts. */
  public static final String ADMINISTRATOR = "VIEWER_ADMINISTRATOR";

  private Rights() {}

  static Set<String> of(Caller caller) {
    if (caller.role() != Caller.Role.VIEWER) {
      return Set.of(caller.role().name());
    }
    return caller.staff().map(Rights::ofStaff).orElse(Set.of(SIGNED_OUT));
  }

  private static Set<String> ofStaff(StaffAccount account) {
    return switch (account.role()) {
      case CLERK -> Set.of(DESK);
      case MEDICAL_VIEWER -> Set.of(DESK, MEDICAL);
      case ADMINISTRATOR -> Set.of(DESK, MEDICAL, ADMINISTRATOR);
    };
  }
}
