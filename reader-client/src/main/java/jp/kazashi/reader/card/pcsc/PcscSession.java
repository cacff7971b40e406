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

/** A connected card. What a driver throws becomes a step's result here and nowhere else. */
final class PcscSession implements CardSession {

  /** T=1 where the card offers it, else T=0. */
  private static final String ANY_PROTOCOL = "*";

  private static final int LONGEST_RESPONSE = 65_536 + 2;

  private final CardTerminal terminal;
  private final ByteBuffer response = ByteBuffer.allocate(LONGEST_RESPONSE);
  private Card card;

  /** Why no step can be sent: for good once the card has left, else for one section. */
  private @Nullable StepResult obstacle;

  private PcscSession(CardTerminal terminal, Card card) {
    this.terminal = terminal;
    this.card = card;
  }

  static PcscSession open(CardTerminal terminal) throws CardException {
    return new PcscSession(terminal, terminal.connect(ANY_PROTOCOL));
  }

  @Override
  public StepResult transmit(CardStep step) {
    if (obstacle != null) {
      return obstacle;
    }
    byte[] command = step.command();
    try {
      response.clear();
      int length = card.getBasicChannel().transmit(ByteBuffer.wrap(command), response);
      return resultOf(step, length);
    } catch (CardException | IllegalStateException e) {
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
    boolean begun = begin();
    try {
      return section.get();
    } finally {
      end(begun);
    }
  }

  private boolean begin() {
    if (obstacle != null) {
      return false;
    }
    try {
      beginUndisturbed();
      return true;
    } catch (CardException | IllegalStateException e) {
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
    if (begun) {
      try {
        card.endExclusive();
      } catch (CardException | IllegalStateException e) {
        // The section has ended with the card, or will end with the closing of the session.
        StepResult _ = failure(e);
      }
    }
    if (!(obstacle instanceof StepResult.CardGone)) {
      obstacle = null;
    }
  }

  /** Drivers say removal in many ways; the reader itself is asked when the words do not tell. */
  private StepResult failure(Exception e) {
    if (CardTrouble.saysGone(e) || !isCardPresent()) {
      obstacle = new StepResult.CardGone();
      return obstacle;
    }
    return new StepResult.Trouble(CardTrouble.what(e));
  }

  private boolean isCardPresent() {
    try {
      return terminal.isCardPresent();
    } catch (CardException e) {
      // The reader has vanished: the trouble is the reader's, not a removal.
      return true;
    }
  }

  @Override
  public void close() {
    obstacle = new StepResult.CardGone();
    try {
      card.disconnect(true);
    } catch (CardException | IllegalStateException e) {
      // There is nothing left to reset.
      return;
    }
  }
}
