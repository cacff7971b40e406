package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The keys of a look-up without a card. */
public record LookUpRequest(
    @NotNull @Size(max = 8) String insurerNumber,
    @Nullable @Size(max = 20) String symbol,
    @NotNull @Size(max = 20) String number,
    @Nullable @Size(max = 2) String branchNumber,
    @NotNull LocalDate birthDate,
    @Nullable LocalDate on) {}
