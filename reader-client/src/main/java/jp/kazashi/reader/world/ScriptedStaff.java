package jp.kazashi.reader.world;

import jp.kazashi.reader.desk.DeskLink;
import jp.kazashi.reader.desk.StaffLogin;
import jp.kazashi.reader.desk.StaffSession;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.StaffPass;
import jp.kazashi.reader.visit.StaffPasses;

/**
 * A member of staff of the simulated world, who signs in and confirms every holder by sight. The
 * account, its session and the pass are the gateway's and real.
 *
 * @param terminal where the card lies
 */
public record ScriptedStaff(DeskLink desk, StaffLogin who, String terminal) implements StaffPasses {

  @Override
  public GatewayReply<StaffPass> draw() {
    return switch (desk.signIn(who)) {
      case GatewayReply.Given<StaffSession> session ->
          desk.confirmBySight(session.value(), terminal);
      case GatewayReply.Refused<StaffSession> refused ->
          new GatewayReply.Refused<>(refused.refusal());
    };
  }
}
