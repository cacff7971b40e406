package jp.kazashi.qualification.intake;

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
    @Nullable String lossReason) {}
