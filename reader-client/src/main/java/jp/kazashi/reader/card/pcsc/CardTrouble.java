package jp.kazashi.reader.card.pcsc;

import java.util.Set;
import javax.smartcardio.CardException;

/** Reads what a driver says; its words are all that {@code javax.smartcardio} hands on. */
final class CardTrouble {

  private static final Set<String> GONE =
      Set.of("SCARD_W_REMOVED_CARD", "SCARD_E_NO_SMARTCARD", "Card has been removed");
  private static final Set<String> RESET = Set.of("SCARD_W_RESET_CARD");

  private CardTrouble() {}

  /** A driver that breaks is the reader's trouble, and no fault of ours. */
  static CardException ofDriver(RuntimeException broken) {
    return new CardException("The reader's driver broke.", broken);
  }

  static boolean saysGone(Exception trouble) {
    return says(trouble, GONE);
  }

  static boolean saysReset(Exception trouble) {
    return says(trouble, RESET);
  }

  static boolean saysNoReader(Exception trouble) {
    return says(trouble, Set.of("SCARD_E_NO_READERS_AVAILABLE"));
  }

  /** The innermost message is the driver's own. */
  static String what(Exception trouble) {
    String what = trouble instanceof CardException ? "The reader failed." : "The card is closed.";
    for (Throwable t = trouble; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && !message.isBlank()) {
        what = message;
      }
    }
    return what;
  }

  static boolean says(Exception trouble, Set<String> words) {
    for (Throwable t = trouble; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && words.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }
}
