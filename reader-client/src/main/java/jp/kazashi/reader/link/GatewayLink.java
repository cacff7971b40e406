package jp.kazashi.reader.link;

import java.util.Set;
import jp.kazashi.consent.MedicalCategory;

/** What a visit asks of the gateway. */
public interface GatewayLink {

  GatewayReply<SealedChallenge> challenge();

  GatewayReply<Answer> check(Proof proof, IdempotencyKey key);

  /** Registers the holder of a check that was refused for want of it; a new check is the answer. */
  GatewayReply<Answer> register(CheckId refused);

  GatewayReply<Grants> consent(CheckId check, Set<MedicalCategory> granted);
}
