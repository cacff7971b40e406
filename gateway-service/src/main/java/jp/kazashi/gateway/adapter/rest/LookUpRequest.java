package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.Optional;
import jp.kazashi.gateway.check.Basis;
import jp.kazashi.gateway.check.LookUp;
import jp.kazashi.qualification.coverage.CoverageKeys;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a look-up without a card.
 *
 * @param basis what the desk goes by
 * @param documentIssuedOn as printed on it
 * @param documentValidTo as printed on it
 */
public record LookUpRequest(
    @NotNull @Size(max = 8) String insurerNumber,
    @Nullable @Size(max = 20) String symbol,
    @NotNull @Size(max = 20) String number,
    @Nullable @Size(max = 2) String branchNumber,
    @NotNull LocalDate birthDate,
    @Nullable LocalDate on,
    Basis.@Nullable Kind basis,
    @Nullable LocalDate documentIssuedOn,
    @Nullable LocalDate documentValidTo) {

  /** Refuses with an IllegalArgumentException what cannot be keys. */
  LookUp.Question question() {
    return new LookUp.Question(
        keys(),
        Optional.ofNullable(on),
        new Basis(
            basis == null ? Basis.Kind.UNSTATED : basis,
            Optional.ofNullable(documentIssuedOn),
            Optional.ofNullable(documentValidTo)));
  }

  private CoverageKeys keys() {
    return KeysRequest.keys(insurerNumber, symbol, number, branchNumber, birthDate);
  }
}
