package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jp.kazashi.gateway.check.Reason;
import jp.kazashi.gateway.check.Sentence;
import org.jspecify.annotations.Nullable;

/** One answered line: a look-up's answer, or why there is none. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkLineDocument(
    int line,
    @Nullable String id,
    @JsonUnwrapped @Nullable LookUpDocument answer,
    @Nullable Reason reason,
    @Nullable Sentence nextStep) {}
