package jp.kazashi.gateway.config;

import jp.kazashi.gateway.check.GatherRecords;
import jp.kazashi.gateway.seal.Tenure;
import jp.kazashi.qualification.store.CommitStation;
import jp.kazashi.qualification.store.FindCheck;
import jp.kazashi.qualification.store.FindCoverage;
import jp.kazashi.qualification.store.FindEvidence;
import jp.kazashi.qualification.store.FindPerson;
import jp.kazashi.qualification.store.KeepAnswers;
import jp.kazashi.qualification.store.LookUpCoverage;
import jp.kazashi.qualification.store.TakeIn;

/**
 * The ports to the record, as this node has them.
 *
 * @param tenure how long it may write to it
 */
public record Records(
    FindCoverage coverage,
    LookUpCoverage lookUp,
    FindCheck checks,
    FindEvidence evidence,
    KeepAnswers answers,
    FindPerson people,
    GatherRecords medical,
    CommitStation station,
    TakeIn intake,
    Tenure tenure) {}
