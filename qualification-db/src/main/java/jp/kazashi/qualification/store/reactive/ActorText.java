package jp.kazashi.qualification.store.reactive;

import io.vertx.core.json.JsonObject;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.institution.Actor;

/** An actor as one column. */
final class ActorText {
  private ActorText() {}

  static String write(Actor actor) {
    return new JsonObject()
        .put("organisation", actor.organisation())
        .put("role", actor.role())
        .put("system", actor.system())
        .put("certificate", actor.certificate().hex())
        .encode();
  }

  static Actor read(String text) {
    JsonObject json = new JsonObject(text);
    return new Actor(
        json.getString("organisation"),
        json.getString("role"),
        json.getString("system"),
        Digest.fromHex(json.getString("certificate")));
  }
}
