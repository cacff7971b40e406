package jp.kazashi.reader.link;

import java.util.Set;
import jp.kazashi.consent.MedicalCategory;

/** The three things a visit asks of the gateway. */
public interface GatewayLink {

  GatewayReply<SealedChallenge> challenge();

  GatewayReply<Answer> check(Proof proof, IdempotencyKey key);

  GatewayReply<Grants> consent(CheckId check, Set<MedicalCategory> granted);
}
