package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jp.kazashi.qualification.staff.StaffRole;
import org.jspecify.annotations.Nullable;

/** What is to be changed of an account; what is left out stays. */
public record ChangeStaffRequest(
    @Nullable @Size(min = 1, max = 100) @Pattern(regexp = ".*\\S.*") String name,
    @Nullable StaffRole role,
    @Nullable @Size(max = 200) String password,
    @Nullable Boolean active,
    @Nullable Boolean unlock) {
  /** A password never reaches a log. */
  @Override
  public String toString() {
    return "ChangeStaffRequest[…]";
  }
}
