package jp.kazashi.simulator.population;

import java.nio.charset.StandardCharsets;

/** An institution: its ten digits and name, and how they stand in a line. */
final class Facility {
  private final String code;
  private final String name;
  private final byte[] asFacility;
  private final byte[] asPrescriber;

  Facility(String code, String name) {
    this.code = code;
    this.name = name;
    this.asFacility = member("facility", code, name);
    this.asPrescriber = member("prescriber", code, name);
  }

  String code() {
    return code;
  }

  String name() {
    return name;
  }

  /** Shared and never written to: millions of lines hold it. */
  byte[] asFacility() {
    return asFacility;
  }

  byte[] asPrescriber() {
    return asPrescriber;
  }

  private static byte[] member(String as, String code, String name) {
    return "\",\"%sCode\":\"%s\",\"%sName\":\"%s"
        .formatted(as, code, as, name)
        .getBytes(StandardCharsets.UTF_8);
  }
}
