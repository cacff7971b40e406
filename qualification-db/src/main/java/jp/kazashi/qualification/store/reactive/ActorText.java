package jp.kazashi.qualification.store.reactive;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import jp.kazashi.qualification.audit.Digest;
import jp.kazashi.qualification.institution.Actor;
import jp.kazashi.qualification.staff.StaffId;

/** An actor as one column. */
final class ActorText {
  private ActorText() {}

  static String write(Actor actor) {
    JsonObject json =
        new JsonObject()
            .put("organisation", actor.organisation())
            .put("role", actor.role())
            .put("system", actor.system())
            .put("certificate", actor.certificate().hex());
    if (actor.staff() != null) {
      json.put("staff", actor.staff().toString());
    }
    return json.encode();
  }

  static Actor read(String text) {
    JsonObject json = new JsonObject(text);
    String staff = json.getString("staff");
    return new Actor(
        json.getString("organisation"),
        json.getString("role"),
        json.getString("system"),
        Digest.fromHex(json.getString("certificate")),
        staff == null ? null : new StaffId(UUID.fromString(staff)));
  }
}
