package jp.kazashi.simulator.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** As whom PostgreSQL runs: it refuses root, and initdb who has no name. */
enum PostgresUser {
  /** An ordinary user stays itself. */
  ITSELF(""),
  /** A user namespace without a map: nobody inside, still the owner of its files outside. */
  NAMESPACE("unshare -U"),
  /** Where user namespaces are forbidden: the user 65534. */
  NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups --"),
  /**
   * The same with one capability kept, to reach a data folder under a home closed to others. {@code
   * access(2)} drops capabilities of a user that is not root unless told not to.
   */
  NOBODY_WITH_REACH(
      "setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+dac_override"
          + " --ambient-caps=+dac_override --securebits=+no_setuid_fixup --");

  private static final int NOBODY_ID = 65534;

  private final String prefix;

  PostgresUser(String prefix) {
    this.prefix = prefix;
  }

  /** The first that can run these programs on this data folder, which then belongs to it. */
  static PostgresUser choose(Path programs, Path data) {
    if (!isRoot()) {
      // A user id without a name, as in some containers, is nothing initdb can work with.
      return hasName() || !NAMESPACE.reaches(programs, data) ? ITSELF : NAMESPACE;
    }
    for (PostgresUser user : List.of(NAMESPACE, NOBODY, NOBODY_WITH_REACH)) {
      user.own(data);
      if (user.reaches(programs, data)) {
        return user;
      }
    }
    throw new WorldTrouble(
        "PostgreSQL refuses to run as root, and on this machine neither a user namespace (unshare"
            + " -U) nor another user (setpriv --reuid=65534) can be had. Start ./kazashi as an"
            + " ordinary user, or set KAZASHI_DB_URL to a PostgreSQL of your own.");
  }

  /** The command as this user would start it. */
  List<String> run(List<String> command) {
    List<String> whole = prefix();
    whole.addAll(command);
    return whole;
  }

  /** The words before a command. */
  List<String> prefix() {
    return prefix.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(prefix.split(" ", -1)));
  }

  private boolean reaches(Path programs, Path data) {
    List<String> probe =
        run(
            List.of(
                "sh",
                "-c",
                "[ \"$(id -u)\" != 0 ] && [ -w \"$2\" ] && \"$1/bin/initdb\" --version",
                "probe",
                programs.toString(),
                data.toString()));
    return Tether.run(probe.toArray(String[]::new)).startsWith("initdb (PostgreSQL)");
  }

  PostgresUser owning(Path data) {
    own(data);
    return this;
  }

  /** Gives the folder to this user: an earlier start may have been somebody else's. */
  void own(Path data) {
    if (this == ITSELF || !isRoot()) {
      return;
    }
    int owner = this == NAMESPACE ? 0 : NOBODY_ID;
    try {
      if (Files.getAttribute(data, "unix:uid").equals(owner)) {
        return;
      }
      UserPrincipal principal =
          data.getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(Integer.toString(owner));
      try (Stream<Path> paths = Files.walk(data)) {
        for (Path path : paths.toList()) {
          Files.setOwner(path, principal);
        }
      }
    } catch (IOException failed) {
      throw new WorldTrouble("Cannot give " + data + " to PostgreSQL's user: " + failed, failed);
    }
  }

  private static boolean hasName() {
    return !Tether.run("sh", "-c", "id -un >/dev/null 2>&1 && echo yes").isEmpty();
  }

  private static boolean isRoot() {
    return Tether.run("id", "-u").strip().equals("0");
  }
}
