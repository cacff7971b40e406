package jp.kazashi.qualification.coverage;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads values of the code lists: by code, or by their word. */
public final class Codes {
  private Codes() {}

  public static <E extends Enum<E> & Coded> E of(Class<E> type, String codeOrWord) {
    for (E each : type.getEnumConstants()) {
      if (each.code().equals(codeOrWord) || each.name().equals(codeOrWord)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "is not one of "
            + Arrays.stream(type.getEnumConstants())
                .map(each -> each.name() + " " + each.code())
                .collect(Collectors.joining(", ")));
  }
}
