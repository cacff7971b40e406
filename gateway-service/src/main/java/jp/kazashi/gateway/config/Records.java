package jp.kazashi.gateway.config;

import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.LookUpCoverage;
import jp.kazashi.qualification.store.ReadMedications;
import jp.kazashi.qualification.store.TakeIn;

/** The ports to the record, as this node has them. */
public record Records(
    FindCoverage coverage,
    LookUpCoverage lookUp,
    FindCheck checks,
    ReadMedications medications,
    CommitStation station,
    TakeIn intake) {}
