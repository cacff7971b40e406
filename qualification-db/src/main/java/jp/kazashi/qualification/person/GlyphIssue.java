package jp.kazashi.qualification.person;

/**
 * One character of a name that CP932 cannot carry, and what stands for it in print.
 *
 * @param position where it stands in the registered name, counted in characters as people count
 *     them (a variation selector belongs to the character before it)
 * @param registered the character as registered, with its selector
 * @param printed what is printed instead
 */
public record GlyphIssue(int position, String registered, String printed, Kind kind) {
  public enum Kind {
    /** The shape chosen by a variation selector is lost, the character stays. */
    VARIATION_DROPPED,
    /** A related character is printed. */
    VARIANT_PRINTED,
    /** Nothing related is known: 〓 is printed. */
    NOT_PRINTABLE
  }
}
