package jp.kazashi.consent.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.kazashi.consent.MedicalCategory;

/** Who sits at the desk, the accounts of the institution, and what was done here. */
public interface StaffDoor {

  Told<Seat> signIn(String login, String password);

  /** Who holds that key, if their time has not run out; asking counts as being there. */
  Optional<Seat> seat(String key);

  /** The same without counting: a page that only listens does not keep anybody signed in. */
  boolean isSeated(String key);

  /**
   * Whether whoever let them in still does; asked anew, so it may take a moment. A line that does
   * not answer in time changes nothing.
   */
  boolean isLetIn(Seat seat);

  void signOut(Seat seat);

  Told<List<Account>> accounts(Seat seat);

  Told<Account> add(Seat seat, String login, String name, Seat.Right right, String password);

  Told<Account> change(Seat seat, String account, Change change);

  /** Who of the institution looked at whom; for administrators. */
  Told<LookBook> looks(Seat seat, LookBook.Asked asked);

  /** What staff did at this desk, newest first. */
  List<Deed> deeds(Seat seat);

  /** An account of the institution. */
  record Account(String id, String login, String name, Seat.Right right, boolean active) {}

  /** What is to be changed of an account; what is empty stays. */
  record Change(
      Optional<Seat.Right> right,
      Optional<Boolean> active,
      boolean unlock,
      Optional<String> password) {
    /** A password reaches no log. */
    @Override
    public String toString() {
      return "Change[" + right + ", " + active + ", " + unlock + "]";
    }
  }

  /**
   * Something a member of staff did or saw.
   *
   * @param about the check or what else it was about; never a name
   * @param receipt its place in the gateway's audit
   */
  record Deed(Instant at, String login, Doing what, String about, String receipt) {}

  /** What can be done at a desk. */
  enum Doing {
    SIGNED_IN,
    SIGNED_OUT,
    TIMED_OUT,
    SIGN_IN_REFUSED,
    LOCAL_SIGN_IN,
    SIGHT,
    LOOK_UP,
    READ_MEDICATION,
    READ_CHECKUP,
    READ_CARE,
    READ_SURGERY,
    PRINT_MEDICATION,
    PRINT_CHECKUP,
    PRINT_CARE,
    PRINT_SURGERY,
    CHART,
    BOOKINGS,
    FAILURE_STARTED,
    FAILURE_ENDED,
    RECORDED,
    SETTLED,
    ACCOUNT,
    LOOKS;

    /** That somebody read records of that category. */
    public static Doing reading(MedicalCategory category) {
      return valueOf("READ_" + category.name());
    }

    /** That somebody had them printed. */
    public static Doing printing(MedicalCategory category) {
      return valueOf("PRINT_" + category.name());
    }
  }
}
