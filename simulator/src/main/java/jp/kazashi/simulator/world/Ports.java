package jp.kazashi.simulator.world;

import java.net.URI;

/** Where a world listens: ten ports from one base (design §8). */
public record Ports(int base) {
  public static final int DEFAULT_BASE = 8440;
  static final String OCSP = "/ocsp";

  public Ports {
    if (base < 1 || base > 65_526) {
      throw new WorldTrouble(
          "KAZASHI_PORT is "
              + base
              + ", but ten ports from it must fit: choose one between 1 and 65526.");
    }
  }

  static Ports parse(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new WorldTrouble("KAZASHI_PORT is '" + text + "': choose a number, such as 8440.");
    }
    return new Ports(Integer.parseInt(text));
  }

  public int gateway() {
    return base;
  }

  public int management() {
    return base + 1;
  }

  public int kiosk() {
    return base + 2;
  }

  public int desk() {
    return base + 3;
  }

  public int control() {
    return base + 4;
  }

  public int revocation() {
    return base + 5;
  }

  /** Of the second terminal. */
  public int secondKiosk() {
    return base + 8;
  }

  public int secondDesk() {
    return base + 9;
  }

  public int postgres() {
    return base + 6;
  }

  public int redis() {
    return base + 7;
  }

  /** What certificates name as their responder, and the gateway asks. */
  URI ocsp() {
    return URI.create(http(revocation()) + OCSP);
  }

  static String http(int port) {
    return "http://127.0.0.1:" + port;
  }
}
