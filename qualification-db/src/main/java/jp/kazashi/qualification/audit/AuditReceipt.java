package jp.kazashi.qualification.audit;

/** What an answer carries away: the entry that must be found in the chain for ever. */
public record AuditReceipt(ChainId chain, long number, Digest hash) {}
