package jp.kazashi.qualification.coverage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** 限度額適用認定証; ceiling amounts need no consent (F-52). */
public record LimitCertificate(
    LimitClass type,
    LimitCategory category,
    @Nullable LocalDate issuedOn,
    ValidPeriod valid,
    @Nullable LocalDate longTermOn) {}
