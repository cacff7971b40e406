package jp.kazashi.qualification.person;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** 記号・番号 as registered; some insurers have no symbol. */
public record SymbolAndNumber(@Nullable String symbol, String number) {
  public SymbolAndNumber {
    symbol = symbol == null || symbol.isBlank() ? null : symbol.strip();
    number = number.strip();
    if (number.isEmpty() || number.length() > 20) {
      throw new IllegalArgumentException("An insured number has 1 to 20 characters");
    }
    if (symbol != null && symbol.length() > 20) {
      throw new IllegalArgumentException("A symbol has at most 20 characters");
    }
  }

  /** Whether both mean the same: staff type half-width what the insurer registered full-width. */
  public boolean matches(SymbolAndNumber other) {
    return searchKey().equals(other.searchKey());
  }

  /** What look-ups compare. */
  public String searchKey() {
    return folded(symbol == null ? "" : symbol) + "/" + folded(number);
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[\\s/]", "");
  }
}
