package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Who wants to sign in. */
public record SignInRequest(
    @NotNull @Size(min = 1, max = 64) String login,
    @NotNull @Size(min = 1, max = 200) String password) {
  /** A password never reaches a log. */
  @Override
  public String toString() {
    return "SignInRequest[…]";
  }
}
