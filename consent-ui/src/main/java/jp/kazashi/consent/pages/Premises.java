package jp.kazashi.consent.pages;

import java.util.Set;

/**
 * Where the pages are shown.
 *
 * @param institution what the institution calls itself on its screens
 * @param simulated whether the pages must say that nothing here is real
 * @param hosts the host names a browser may use for these pages
 * @param scriptedFaces whether the pages must say that no face is compared
 */
public record Premises(
    String institution,
    String terminal,
    boolean simulated,
    Set<String> hosts,
    boolean scriptedFaces) {

  /** The names of this machine for itself. */
  public static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** Where nothing is real, faces are scripted too. */
  public Premises(String institution, String terminal, boolean simulated, Set<String> hosts) {
    this(institution, terminal, simulated, hosts, simulated);
  }

  public Premises {
    hosts = Set.copyOf(hosts);
  }
}
