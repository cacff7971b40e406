package jp.kazashi.reader.link;

import java.util.Set;
import jp.kazashi.consent.MedicalCategory;

/**
 * The gateway, with somebody told whenever it did not answer.
 *
 * @param silent told of each time; it does not wait
 */
public record WatchedGateway(GatewayLink gateway, Runnable silent) implements GatewayLink {

  @Override
  public GatewayReply<SealedChallenge> challenge() {
    return watched(gateway.challenge());
  }

  @Override
  public GatewayReply<Answer> check(Proof proof, IdempotencyKey key) {
    return watched(gateway.check(proof, key));
  }

  @Override
  public GatewayReply<Answer> register(CheckId refused) {
    return watched(gateway.register(refused));
  }

  @Override
  public GatewayReply<Grants> consent(CheckId check, Set<MedicalCategory> granted) {
    return watched(gateway.consent(check, granted));
  }

  private <T> GatewayReply<T> watched(GatewayReply<T> reply) {
    if (reply instanceof GatewayReply.Refused<T> refused && refused.refusal().isOfDeadLine()) {
      silent.run();
    }
    return reply;
  }
}
