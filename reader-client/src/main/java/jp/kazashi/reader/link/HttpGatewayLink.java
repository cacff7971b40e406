package jp.kazashi.reader.link;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Set;
import jp.kazashi.consent.MedicalCategory;

/** What a visit asks of the gateway, over HTTP. */
public final class HttpGatewayLink implements GatewayLink {

  private final HttpLine line;

  /** Over a line of the role READER. */
  public HttpGatewayLink(HttpLine line) {
    this.line = line;
  }

  @Override
  public GatewayReply<SealedChallenge> challenge() {
    return line.ask(line.post("/v1/challenges", Map.of()).build())
        .read(Wire.ChallengeBody.class, Wire.ChallengeBody::read);
  }

  /**
   * A line that breaks is tried once more: the key tells the gateway that it is the same check. A
   * line that is slow is not.
   */
  @Override
  public GatewayReply<Answer> check(Proof proof, IdempotencyKey key) {
    HttpRequest request =
        line.post("/v1/checks", Wire.CheckBody.of(proof))
            .header("Idempotency-Key", key.toString())
            .build();
    HttpLine.Attempt attempt = line.ask(request);
    return (attempt.isBroken() ? line.ask(request) : attempt)
        .read(Wire.AnswerBody.class, Wire.AnswerBody::read);
  }

  @Override
  public GatewayReply<Answer> register(CheckId refused) {
    Wire.RegistrationBody body = new Wire.RegistrationBody(refused.toString());
    return line.ask(line.post("/v1/registrations", body).build())
        .read(Wire.AnswerBody.class, Wire.AnswerBody::read);
  }

  @Override
  public GatewayReply<Grants> consent(CheckId check, Set<MedicalCategory> granted) {
    Wire.ConsentBody body = new Wire.ConsentBody(granted.stream().sorted().toList());
    return line.ask(line.post("/v1/checks/" + check + "/consents", body).build())
        .read(Wire.GrantsBody.class, Wire.GrantsBody::read);
  }
}
