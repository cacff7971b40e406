package jp.kazashi.reader.myna;

import jp.kazashi.reader.card.CardSession;

/**
 * Shows a card that this terminal may have it sign without a PIN, after its holder was confirmed by
 * face or by sight. On real cards this needs keys of the institution that are not public, and there
 * is none; the simulator has a profile of its own.
 */
@FunctionalInterface
public interface PinlessAuthorizer {

  /** Called in a section, with the JPKI application selected. Opens one signature. */
  Authorization authorize(CardSession session);

  /** What the card said. */
  sealed interface Authorization {

    record Authorized() implements Authorization {}

    /** This card, or this terminal, cannot do that. */
    record NotAvailable() implements Authorization {}

    record CardGone() implements Authorization {}

    record Trouble(String what) implements Authorization {}
  }

  /** For real cards. */
  static PinlessAuthorizer none() {
    return session -> new Authorization.NotAvailable();
  }
}
