package jp.kazashi.qualification.intake;

import org.jspecify.annotations.Nullable;

/** A line of a claims feed as it was sent; nothing in it is believed yet. */
public record MedicationLine(
    @Nullable String line,
    @Nullable String personCode,
    @Nullable String source,
    @Nullable String month,
    @Nullable String date,
    @Nullable String facilityCode,
    @Nullable String facilityName,
    @Nullable String code,
    @Nullable String name,
    @Nullable String ingredient,
    @Nullable String quantity,
    @Nullable String unit,
    @Nullable String usage,
    @Nullable Integer days) {}
