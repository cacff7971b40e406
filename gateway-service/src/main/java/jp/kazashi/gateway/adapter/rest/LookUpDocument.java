package jp.kazashi.gateway.adapter.rest;

import jp.kazashi.gateway.check.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up found.
 *
 * @param validityCode 1 valid, 2 invalid, 3 invalid and a newer one exists, 4 not found, 5 several
 *     fit, 6 valid (medical aid without a ticket yet)
 */
public record LookUpDocument(
    int validityCode,
    @Nullable QualificationDocument qualification,
    @Nullable Sentence nextStep,
    ReceiptDocument receipt) {}
