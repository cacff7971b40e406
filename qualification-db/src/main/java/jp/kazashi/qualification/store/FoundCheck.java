package jp.kazashi.qualification.store;

import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.check.CheckRecord;
import jp.kazashi.qualification.consent.ConsentLedger;

/**
 * A check as it was committed, with every decision of its person at its institution that can
 * matter.
 */
public record FoundCheck(CheckRecord record, AuditReceipt receipt, ConsentLedger ledger) {}
