package jp.kazashi.qualification.intake;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of an insurer's feed as it was sent; nothing in it is believed yet. */
public record QualificationLine(
    @Nullable String line,
    @Nullable String personCode,
    @Nullable String name,
    @Nullable String nameKana,
    @Nullable String birthDate,
    @Nullable String sex,
    @Nullable String postCode,
    @Nullable String address,
    @Nullable String kind,
    @Nullable String insurerNumber,
    @Nullable String insurerName,
    @Nullable String symbol,
    @Nullable String number,
    @Nullable String branchNumber,
    @Nullable String relationship,
    @Nullable Integer contributionRatio,
    @Nullable String issuedOn,
    @Nullable String validFrom,
    @Nullable String validTo,
    @Nullable String lossReason)
    implements FeedLine {
  @Override
  public List<@Nullable Object> fields() {
    return Arrays.asList(
        line,
        personCode,
        name,
        nameKana,
        birthDate,
        sex,
        postCode,
        address,
        kind,
        insurerNumber,
        insurerName,
        symbol,
        number,
        branchNumber,
        relationship,
        contributionRatio,
        issuedOn,
        validFrom,
        validTo,
        lossReason);
  }

  /** A line tells of a person: what is printed may reach a log. */
  @Override
  public String toString() {
    return "QualificationLine[" + line + "]";
  }
}
