package jp.kazashi.consent.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.kazashi.consent.MedicalCategory;

/**
 * A page of who of the institution looked at whom, newest first.
 *
 * @param nextPage to be asked for as page, where there is more
 */
public record LookBook(LocalDate from, LocalDate to, List<Look> looks, Optional<String> nextPage) {

  public LookBook {
    looks = List.copyOf(looks);
  }

  /**
   * Which looks are asked for; whoever tells them says which days it took where none are named.
   *
   * @param staff the id of an account
   */
  public record Asked(
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      Optional<String> staff,
      Optional<What> what,
      Optional<String> page) {

    /** As the desk's page and the gateway are asked alike; empty where nothing is said. */
    public String query() {
      Map<String, String> said = new LinkedHashMap<>();
      from.ifPresent(day -> said.put("from", day.toString()));
      to.ifPresent(day -> said.put("to", day.toString()));
      staff.ifPresent(id -> said.put("staff", id));
      what.ifPresent(kind -> said.put("what", kind.name()));
      page.ifPresent(next -> said.put("page", next));
      return said.entrySet().stream()
          .map(
              one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
          .collect(Collectors.joining("&"));
    }
  }

  /**
   * One look.
   *
   * @param who signed in there; nobody where a system asked by itself
   * @param system terminal or system that asked
   * @param list whether it was a line of a list
   * @param shown false where it was refused or in vain
   * @param charts what the institution calls whom was looked at
   * @param check empty where none let them look
   * @param receipt its place in the gateway's audit
   */
  public record Look(
      Instant at,
      Optional<Who> who,
      String system,
      What what,
      Optional<MedicalCategory> category,
      Ground ground,
      boolean list,
      boolean shown,
      List<String> charts,
      String check,
      String receipt) {}

  /** A member of staff. */
  public record Who(String login, String name) {}

  /** What was looked at. */
  public enum What {
    RECORDS,
    CHECK,
    LOOK_UP,
    CONSENTS,
    SIGHT,
    /** Of a gateway that is newer than this desk. */
    OTHER
  }

  /** What let them look. */
  public enum Ground {
    CONSENT,
    CHECK,
    PRESENCE,
    NUMBERS,
    CONFIRMATION,
    NOTICE,
    PORTAL_SCREEN,
    OLD_CARD,
    UNSTATED,
    /** Of a gateway that is newer than this desk. */
    OTHER
  }
}
