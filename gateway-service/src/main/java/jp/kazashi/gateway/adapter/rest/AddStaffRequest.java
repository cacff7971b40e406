package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jp.kazashi.qualification.staff.StaffRole;

/** A new account. */
public record AddStaffRequest(
    @NotNull @Pattern(regexp = "[A-Za-z0-9._@-]{1,64}") String login,
    @NotNull @Size(min = 1, max = 100) @Pattern(regexp = ".*\\S.*") String name,
    @NotNull StaffRole role,
    @NotNull @Size(max = 200) String password) {
  /** A password never reaches a log. */
  @Override
  public String toString() {
    return "AddStaffRequest[…]";
  }
}
