package jp.kazashi.simulator.card;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What goes wrong with a card, line by line: {@code COMMAND[#N] FAULT [DETAIL]}.
 *
 * <p>Commands are any, select, read, read-record, verify, ask-tries, change, sign, challenge and
 * authenticate; {@code #2} means the second of its kind after each insertion, and no number every
 * one. Faults are:
 *
 * <ul>
 *   <li>{@code short 10}, {@code long 3}: fewer, or more, bytes than there are, and 9000;
 *   <li>{@code lie 3082FFFF}: other bytes over the first of the data, such as a length that lies;
 *   <li>{@code answer 6F00}, {@code tries 3}: another status word than the true one;
 *   <li>{@code raw 90}, {@code raw}: exactly these bytes;
 *   <li>{@code remove}, {@code remove-late}: the card is taken away before, or after, it has done
 *       what it was told;
 *   <li>{@code reset}: another program resets the card;
 *   <li>{@code mute}: no answer ever;
 *   <li>{@code slow 900}: an answer so many milliseconds later.
 * </ul>
 *
 * <p>The first line that fits a command is the one that counts.
 */
public final class FaultScript {

  /** One line. Every one of its kind when {@code number} is 0. */
  record Rule(CommandKind command, int number, CardFault fault) {}

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final FaultScript NONE = new FaultScript(List.of());

  private final List<Rule> rules;

  private FaultScript(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  public static FaultScript none() {
    return NONE;
  }

  /**
   * Reads a script.
   *
   * @throws IllegalArgumentException if a line is not understood; it is named
   */
  public static FaultScript of(List<String> lines) {
    return new FaultScript(lines.stream().map(FaultScript::rule).toList());
  }

  public static FaultScript of(String... lines) {
    return of(List.of(lines));
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  List<Rule> rules() {
    return rules;
  }

  private static Rule rule(String line) {
    List<String> words = SPACES.splitAsStream(line.strip()).toList();
    try {
      if (words.size() < 2 || words.size() > 3) {
        throw new IllegalArgumentException("Two or three words.");
      }
      String detail = words.size() == 3 ? words.get(2) : "";
      return rule(words.getFirst(), fault(words.get(1), detail));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + line + "' is no fault. A fault is written like 'sign#1 remove'.", e);
    }
  }

  private static Rule rule(String which, CardFault fault) {
    int hash = which.indexOf('#');
    String name = hash < 0 ? which : which.substring(0, hash);
    int number = hash < 0 ? 0 : Integer.parseUnsignedInt(which.substring(hash + 1));
    return new Rule(
        CommandKind.named(name).orElseThrow(() -> new IllegalArgumentException(name)),
        number,
        fault);
  }

  private static CardFault fault(String word, String detail) {
    return switch (word) {
      case "short" -> new CardFault.ShortRead(Integer.parseUnsignedInt(detail));
      case "long" -> new CardFault.LongRead(length(detail));
      case "lie" -> new CardFault.Overwritten(HexFormat.of().parseHex(detail));
      case "answer" -> new CardFault.WrongStatus(statusWord(detail));
      case "tries" -> new CardFault.WrongStatus(StatusWord.TRIES_LEFT | tries(detail));
      case "raw" -> new CardFault.Raw(HexFormat.of().parseHex(detail));
      case "remove" -> new CardFault.Removal();
      case "remove-late" -> new CardFault.LateRemoval();
      case "reset" -> new CardFault.ForeignReset();
      case "mute" -> new CardFault.Mute();
      case "slow" -> new CardFault.Slow(Duration.ofMillis(length(detail)));
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static int length(String detail) {
    int length = Integer.parseInt(detail);
    if (length < 0 || length > 0xFFFF) {
      throw new IllegalArgumentException(detail);
    }
    return length;
  }

  private static int statusWord(String detail) {
    if (detail.length() != 4) {
      throw new IllegalArgumentException(detail);
    }
    return HexFormat.fromHexDigits(detail);
  }

  private static int tries(String detail) {
    int tries = Integer.parseInt(detail);
    if (tries < 0 || tries > 15) {
      throw new IllegalArgumentException(detail);
    }
    return tries;
  }
}
