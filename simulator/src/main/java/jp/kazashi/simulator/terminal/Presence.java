package jp.kazashi.simulator.terminal;

/**
 * Whether a card is in a reader, and how often cards have come or gone there: two looks with the
 * same count saw the same card.
 */
public record Presence(boolean present, long changes) {}
