package jp.kazashi.simulator.world;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** Where a start tells how it goes: lines, and on a terminal one line that is told anew. */
final class Said {
  private static final int WIDTH = 100;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean onTerminal;
  private boolean open;

  Said(PrintWriter out, PrintWriter err, boolean behind) {
    this.out = out;
    this.err = err;
    this.onTerminal =
        !behind && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  synchronized void line(String text) {
    close();
    out.println(text);
    out.flush();
  }

  synchronized void trouble(String text) {
    close();
    err.println("kazashi: " + text);
    err.flush();
  }

  boolean onTerminal() {
    return onTerminal;
  }

  /** Takes the place of the last one on a terminal; elsewhere it is a line. */
  synchronized void progress(String text) {
    if (onTerminal) {
      out.print("\r" + ("%-" + WIDTH + "s").formatted(text));
      open = true;
    } else {
      out.println(text);
    }
    out.flush();
  }

  private void close() {
    if (open) {
      out.println();
      open = false;
    }
  }
}
