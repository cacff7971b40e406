package jp.kazashi.gateway.check;

import java.time.Instant;
import java.util.List;
import jp.kazashi.qualification.institution.InstitutionCode;

/**
 * Who saw what of a person, newest first.
 *
 * @param more whether there is more than is told here
 */
public record AccessLog(List<Seen> seen, boolean more) {
  public AccessLog {
    seen = List.copyOf(seen);
  }

  /**
   * One time that somebody saw something.
   *
   * @param facility as it calls itself; its code when it never told its name
   */
  public record Seen(Instant at, InstitutionCode institution, String facility, SeenData what) {}
}
