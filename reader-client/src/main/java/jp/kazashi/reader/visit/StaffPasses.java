package jp.kazashi.reader.visit;

import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.StaffPass;

/**
 * Where the pass for one visit comes from that a member of staff confirms by sight (design §10).
 * The gateway gives it to a named account, for one terminal and a few minutes.
 */
@FunctionalInterface
public interface StaffPasses {
  GatewayReply<StaffPass> draw();
}
