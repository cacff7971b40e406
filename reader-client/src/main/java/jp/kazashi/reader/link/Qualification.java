package jp.kazashi.reader.link;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A qualification as the gateway tells it. Fields the terminal does not act on keep the form of the
 * wire; what a kind of qualification does not have is null.
 */
public record Qualification(
    String kind,
    int validityCode,
    @Nullable String insurerNumber,
    @Nullable String insurerName,
    @Nullable String symbol,
    @Nullable String number,
    @Nullable String branchNumber,
    @Nullable String relationship,
    String name,
    String printableName,
    @Nullable List<JsonNode> glyphIssues,
    @Nullable String nameKana,
    LocalDate birthDate,
    @Nullable String sex,
    @Nullable String postCode,
    @Nullable String address,
    @Nullable Integer contributionRatio,
    @Nullable LocalDate validFrom,
    @Nullable LocalDate validTo) {}
