package jp.kazashi.reader.card.pcsc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import jp.kazashi.reader.card.CardSession;
import jp.kazashi.reader.card.CardStep;
import jp.kazashi.reader.card.StepResult;
import org.jspecify.annotations.Nullable;

/**
 * A connected card. What a driver throws becomes a step's result here and nowhere else. A section
 * runs as a whole in the thread that owns the terminal, so that its steps follow each other without
 * a change of threads.
 */
final class PcscSession implements CardSession {

  /** T=1 where the card offers it, else T=0. */
  private static final String ANY_PROTOCOL = "*";

  private static final int LONGEST_RESPONSE = 65_536 + 2;

  private final TerminalOwner owner;
  private final CardTerminal terminal;
  private final ByteBuffer response = ByteBuffer.allocate(LONGEST_RESPONSE);
  private Card card;

  /** Why no step can be sent any more: the card has left, or does not come back to us. */
  private volatile @Nullable StepResult end;

  private boolean inSection;

  /** Why no step of this section can be sent. */
  private @Nullable StepResult obstacle;

  private PcscSession(TerminalOwner owner, CardTerminal terminal, Card card) {
    this.owner = owner;
    this.terminal = terminal;
    this.card = card;
  }

  /** By the owner's thread. */
  static PcscSession open(TerminalOwner owner) throws CardException {
    CardTerminal terminal = owner.terminal();
    try {
      return new PcscSession(owner, terminal, terminal.connect(ANY_PROTOCOL));
    } catch (RuntimeException e) {
      throw CardTrouble.ofDriver(e);
    }
  }

  @Override
  public StepResult transmit(CardStep step) {
    StepResult ended = end;
    if (ended != null) {
      return ended;
    }
    try {
      return owner.call(() -> transmitNow(step), late -> dispose());
    } catch (CardException e) {
      return endWith(new StepResult.Trouble(CardTrouble.what(e)));
    }
  }

  private StepResult transmitNow(CardStep step) {
    StepResult hindered = end == null ? obstacle : end;
    if (hindered != null) {
      return hindered;
    }
    owner.progress();
    byte[] command = step.command();
    try {
      response.clear();
      int length = card.getBasicChannel().transmit(ByteBuffer.wrap(command), response);
      return resultOf(step, length);
    } catch (CardException | RuntimeException e) {
      return failure(e);
    } finally {
      // The command may carry a PIN, the response the holder's certificate.
      Arrays.fill(command, (byte) 0);
      Arrays.fill(response.array(), 0, response.position(), (byte) 0);
    }
  }

  private StepResult resultOf(CardStep step, int length) {
    if (length < 2) {
      return new StepResult.Trouble("The card sent no status word.");
    }
    int statusWord = response.getShort(length - 2) & 0xFFFF;
    return step.accepts(statusWord)
        ? new StepResult.Accepted(Arrays.copyOf(response.array(), length - 2), statusWord)
        : new StepResult.Unexpected(step.name(), statusWord);
  }

  @Override
  public <R> R exclusively(Supplier<R> section) {
    if (end == null) {
      try {
        return owner.call(() -> sectionNow(section), late -> dispose());
      } catch (CardException e) {
        endWith(new StepResult.Trouble(CardTrouble.what(e)));
      }
    }
    // Every step answers why it was not sent; what that means is for the section to say.
    return section.get();
  }

  /** A section in a section is a part of it. */
  private <R> R sectionNow(Supplier<R> section) {
    if (inSection) {
      return section.get();
    }
    inSection = true;
    boolean begun = begin();
    try {
      return section.get();
    } finally {
      end(begun);
      inSection = false;
    }
  }

  private boolean begin() {
    owner.progress();
    try {
      beginUndisturbed();
      return true;
    } catch (CardException | RuntimeException e) {
      obstacle = failure(e);
      return false;
    }
  }

  /** After a reset by another program nothing is lost yet: a section begins with a SELECT. */
  private void beginUndisturbed() throws CardException {
    try {
      card.beginExclusive();
    } catch (CardException e) {
      if (!CardTrouble.saysReset(e)) {
        throw e;
      }
      reconnect();
      card.beginExclusive();
    }
  }

  private void reconnect() throws CardException {
    try {
      card.disconnect(false);
    } finally {
      card = terminal.connect(ANY_PROTOCOL);
    }
  }

  private void end(boolean begun) {
    obstacle = null;
    if (begun) {
      try {
        card.endExclusive();
      } catch (CardException | RuntimeException e) {
        // The section has ended with the card, or will end with the closing of the session.
        StepResult _ = failure(e);
      }
    }
  }

  /** Drivers say removal in many ways; the reader itself is asked when the words do not tell. */
  private StepResult failure(Exception e) {
    if (CardTrouble.saysGone(e) || !isCardPresent()) {
      owner.noteRemoval();
      return endWith(new StepResult.CardGone());
    }
    if (e instanceof CardException trouble && !CardTrouble.saysReset(trouble)) {
      owner.troubled(trouble);
    }
    return new StepResult.Trouble(CardTrouble.what(e));
  }

  private StepResult endWith(StepResult result) {
    StepResult before = end;
    if (before == null) {
      end = result;
      return result;
    }
    return before;
  }

  private boolean isCardPresent() {
    try {
      return terminal.isCardPresent();
    } catch (CardException | RuntimeException e) {
      // The reader has vanished: the trouble is the reader's, not a removal.
      return true;
    }
  }

  @Override
  public void close() {
    StepResult before = end;
    end = new StepResult.CardGone();
    if (before instanceof StepResult.Trouble) {
      // Left alone with a thread that will close it, should it ever come back.
      return;
    }
    try {
      owner.call(this::disposed, late -> {});
    } catch (CardException e) {
      // There is nothing left to reset.
      return;
    }
  }

  private boolean disposed() {
    dispose();
    return true;
  }

  void dispose() {
    try {
      card.disconnect(true);
    } catch (CardException | RuntimeException e) {
      // There is nothing left to reset.
      return;
    }
  }
}
