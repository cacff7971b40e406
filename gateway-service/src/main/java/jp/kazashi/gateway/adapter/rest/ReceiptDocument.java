package jp.kazashi.gateway.adapter.rest;

import jp.kazashi.qualification.audit.AuditReceipt;

/** Where this answer stands in the audit: chain, number and the entry's hash. */
public record ReceiptDocument(String chain, long number, String hash) {
  static ReceiptDocument of(AuditReceipt receipt) {
    return new ReceiptDocument(
        receipt.chain().toString(), receipt.number(), receipt.hash().toString());
  }
}
