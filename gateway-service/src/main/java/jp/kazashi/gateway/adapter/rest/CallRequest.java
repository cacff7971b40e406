package jp.kazashi.gateway.adapter.rest;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import jp.kazashi.qualification.staff.StaffCall;

/**
 * Somebody at this terminal's kiosk needs staff.
 *
 * @param call made by the terminal: sent again it is the same call
 */
public record CallRequest(@NotNull UUID call, @NotNull StaffCall.Want want) {}
