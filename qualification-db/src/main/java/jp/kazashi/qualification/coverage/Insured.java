package jp.kazashi.qualification.coverage;

import java.time.LocalDate;
import java.util.regex.Pattern;
import jp.kazashi.qualification.person.PersonName;
import jp.kazashi.qualification.person.Sex;
import org.jspecify.annotations.Nullable;

/** The insured as the insurer registered them; the address may differ from the chart's. */
public record Insured(
    PersonName name,
    LocalDate birthDate,
    Sex sex,
    @Nullable String postCode,
    @Nullable String address) {
  private static final Pattern POST_CODE = Pattern.compile("[0-9]{3}-?[0-9]{4}");

  public Insured {
    if (postCode != null && !POST_CODE.matcher(postCode).matches()) {
      throw new IllegalArgumentException("A post code has 7 digits");
    }
    if (address != null && address.length() > 200) {
      throw new IllegalArgumentException("An address has at most 200 characters");
    }
  }
}
