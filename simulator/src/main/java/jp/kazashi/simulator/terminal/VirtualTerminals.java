package jp.kazashi.simulator.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import org.jspecify.annotations.Nullable;

/** The list of virtual readers, and waiting for a change at any of them. */
final class VirtualTerminals extends CardTerminals {

  /** What was seen at the end of a wait. */
  private record Look(long changes, Map<String, Presence> readers) {}

  private static final Duration SLICE = Duration.ofSeconds(30);

  private final TerminalLink link;
  private @Nullable Look last;
  private Set<String> moved = Set.of();

  VirtualTerminals(TerminalLink link) {
    this.link = link;
  }

  @Override
  public List<CardTerminal> list(State state) throws CardException {
    List<CardTerminal> listed = new ArrayList<>();
    for (String reader : link.readers()) {
      if (state == State.ALL || matches(state, reader)) {
        listed.add(new VirtualTerminal(reader, link));
      }
    }
    return List.copyOf(listed);
  }

  private boolean matches(State state, String reader) throws CardException {
    boolean present = link.presence(reader).present();
    return switch (state) {
      case ALL -> true;
      case CARD_PRESENT -> present;
      case CARD_ABSENT -> !present;
      case CARD_INSERTION -> present && movedInLastWait(reader);
      case CARD_REMOVAL -> !present && movedInLastWait(reader);
    };
  }

  /** Before the first wait everything counts as moved. */
  private synchronized boolean movedInLastWait(String reader) {
    return last == null || moved.contains(reader);
  }

  @Override
  public boolean waitForChange(long timeout) throws CardException {
    if (timeout < 0) {
      throw new IllegalArgumentException("A time-out is not negative.");
    }
    Look before = last();
    boolean changed = awaitChange(before.changes(), timeout);
    remember(before, look());
    return changed;
  }

  private boolean awaitChange(long known, long timeout) throws CardException {
    long end = System.nanoTime() + Duration.ofMillis(timeout).toNanos();
    while (link.changes() == known) {
      long left = timeout == 0 ? SLICE.toNanos() : end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      link.awaitAnyChange(known, Duration.ofNanos(Math.min(left, SLICE.toNanos())));
    }
    return true;
  }

  private synchronized Look last() throws CardException {
    return last == null ? look() : last;
  }

  private Look look() throws CardException {
    // The count first: what changes in between is then seen twice and not missed.
    long changes = link.changes();
    Map<String, Presence> readers = new HashMap<>();
    for (String reader : link.readers()) {
      readers.put(reader, link.presence(reader));
    }
    return new Look(changes, readers);
  }

  private synchronized void remember(Look before, Look now) {
    Set<String> different = new HashSet<>();
    now.readers()
        .forEach((reader, presence) -> {
          if (!presence.equals(before.readers().get(reader))) {
            different.add(reader);
          }
        });
    moved = different;
    last = now;
  }
}
