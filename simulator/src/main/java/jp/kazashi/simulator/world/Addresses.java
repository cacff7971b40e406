package jp.kazashi.simulator.world;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Where a started world is found: the deck first, which needs the token of its world. */
final class Addresses {
  private Addresses() {}

  static void print(WorldFile world, PrintWriter out) {
    out.println();
    // In the fragment, which no server and no log ever sees.
    line(out, "Deck", world.addresses().get("deck") + "#token=" + world.control());
    line(out, "", "PIN 1234, where a card has one");
    world.staff().forEach(account -> line(out, "", "staff: " + account));
    line(out, "Kiosk", world.addresses().get("kiosk") + "/");
    line(out, "Desk", world.addresses().get("desk") + "/");
    if (world.addresses().containsKey("kiosk-2")) {
      line(out, "Kiosk 2", world.addresses().get("kiosk-2") + "/");
      line(out, "Desk 2", world.addresses().get("desk-2") + "/");
    }
    line(out, "Gateway", world.addresses().get("gateway") + "/ (TLS with a client certificate)");
    out.println();
    out.println("A visit: ./kazashi visit --card hanako --pin 1234 --consent all --json");
    out.flush();
  }

  private static void line(PrintWriter out, String name, String address) {
    out.println(Ansi.AUTO.string("  @|bold " + "%-8s".formatted(name) + "|@ ") + address);
  }
}
