package jp.kazashi.gateway.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import jp.kazashi.qualification.audit.AuditReceipt;
import jp.kazashi.qualification.staff.StaffAccount;
import jp.kazashi.qualification.staff.StaffRole;
import org.jspecify.annotations.Nullable;

/** An account, without what would open it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StaffDocument(
    UUID id,
    String institution,
    String login,
    String name,
    StaffRole role,
    boolean active,
    @Nullable ReceiptDocument receipt) {
  static StaffDocument of(StaffAccount account) {
    return of(account, null);
  }

  static StaffDocument of(StaffAccount account, @Nullable AuditReceipt receipt) {
    return new StaffDocument(
        account.id().value(),
        account.institution().digits(),
        account.login(),
        account.name(),
        account.role(),
        account.active(),
        receipt == null ? null : ReceiptDocument.of(receipt));
  }
}
