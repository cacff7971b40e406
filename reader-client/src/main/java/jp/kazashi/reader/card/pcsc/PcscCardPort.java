package jp.kazashi.reader.card.pcsc;

import java.time.Duration;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import jp.kazashi.reader.card.CardOpening;
import jp.kazashi.reader.card.CardPort;

/**
 * One reader over {@code javax.smartcardio}. Everything that touches it is done by its {@link
 * TerminalOwner}; after a trouble the terminal is looked up anew, because services restart and
 * readers are unplugged.
 */
public final class PcscCardPort implements CardPort {

  private final TerminalOwner owner;

  PcscCardPort(TerminalOwner owner) {
    this.owner = owner;
  }

  @Override
  public String name() {
    return owner.name();
  }

  @Override
  public boolean isCardPresent() {
    return owner.look();
  }

  @Override
  public boolean awaitInsertion(Duration limit) {
    return owner.await(true, limit);
  }

  @Override
  public boolean awaitRemoval(Duration limit) {
    return owner.await(false, limit);
  }

  @Override
  public CardOpening open() {
    try {
      return new CardOpening.Opened(
          owner.call(() -> PcscSession.open(owner), PcscSession::dispose));
    } catch (CardNotPresentException e) {
      return new CardOpening.NoCard();
    } catch (CardException e) {
      owner.troubled(e);
      return CardTrouble.saysGone(e)
          ? new CardOpening.NoCard()
          : new CardOpening.ReaderTrouble(CardTrouble.what(e));
    }
  }
}
