package jp.kazashi.jpki.statement;

import java.util.regex.Pattern;

/** 医療機関等コード with prefecture and score table: ten digits. */
public record InstitutionCode(String value) {
  private static final Pattern TEN_DIGITS = Pattern.compile("[0-9]{10}");

  public InstitutionCode {
    if (!TEN_DIGITS.matcher(value).matches()) {
      throw new IllegalArgumentException("An institution code has ten digits");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
