package jp.kazashi.reader.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import jp.kazashi.consent.desk.LookBook;
import jp.kazashi.consent.desk.Seat;
import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.HttpLine;
import jp.kazashi.reader.link.StaffPass;
import org.jspecify.annotations.Nullable;

/** What the desk asks of the gateway, for a member of staff. */
public final class DeskLink {

  private static final String SESSION = "Staff-Session";
  private static final long LONGEST_RECORDS = 32L << 20;
  private static final Duration FOR_A_LIST = Duration.ofSeconds(60);
  private static final Duration FOR_A_LOOK = Duration.ofSeconds(1);

  private final HttpLine line;

  /** Over a line of the role VIEWER. */
  public DeskLink(HttpLine line) {
    this.line = line;
  }

  /**
   * Somebody whom the gateway let in.
   *
   * @param expiresAt in real time
   */
  public record Welcome(StaffSession session, String name, Seat.Right right, Instant expiresAt) {}

  public GatewayReply<StaffSession> signIn(StaffLogin who) {
    return open(who).map(Welcome::session);
  }

  public GatewayReply<Welcome> open(StaffLogin who) {
    return line.ask(
            line.post("/v1/staff/sessions", new SignInBody(who.login(), who.password())).build())
        .read(SessionBody.class, SessionBody::read);
  }

  /** The holder of the card at that terminal was looked at and is the one on it. */
  public GatewayReply<StaffPass> confirmBySight(StaffSession session, String terminal) {
    return confirmBySight(session, new SightBody(terminal, null));
  }

  /** The same for whoever waits there by that call; the pass reaches their terminal by itself. */
  public GatewayReply<StaffPass> confirmBySight(
      StaffSession session, String terminal, String call) {
    return confirmBySight(session, new SightBody(terminal, call));
  }

  private GatewayReply<StaffPass> confirmBySight(StaffSession session, SightBody body) {
    return line.ask(of(session, line.post("/v1/visual-checks", body)))
        .read(PassBody.class, PassBody::read);
  }

  /** The open calls of the institution; whoever is signed in may ask. Nobody waits for it long. */
  GatewayReply<JsonNode> calls(StaffSession session) {
    return line.ask(of(session, line.get("/v1/calls").timeout(FOR_A_LOOK)))
        .read(JsonNode.class, answer -> answer);
  }

  /** Somebody goes to whoever called; the audit has it under their name. */
  GatewayReply<JsonNode> answer(StaffSession session, String call) {
    return send(session, "POST", "/v1/calls/" + call + "/answers", Map.of());
  }

  /** Who of the institution looked at whom; for administrators. */
  GatewayReply<LookBook> looks(StaffSession session, LookBook.Asked asked) {
    HttpRequest.Builder asking = line.get(LooksReading.path(asked)).timeout(FOR_A_LIST);
    return line.ask(of(session, asking), LONGEST_RECORDS)
        .read(LooksReading.LooksBody.class, LooksReading.LooksBody::read);
  }

  public GatewayReply<JsonNode> get(StaffSession session, String path) {
    return line.ask(of(session, line.get(path)), LONGEST_RECORDS)
        .read(JsonNode.class, answer -> answer);
  }

  public GatewayReply<JsonNode> send(
      StaffSession session, String method, String path, Object body) {
    return line.ask(of(session, line.request(method, path, body)))
        .read(JsonNode.class, answer -> answer);
  }

  /** As something else than JSON. */
  public GatewayReply<byte[]> fetch(StaffSession session, String path, String type) {
    HttpRequest.Builder asking =
        line.asking(path)
            .header("Accept", type + ", application/problem+json;q=0.5")
            .timeout(FOR_A_LIST)
            .GET();
    return line.ask(of(session, asking), LONGEST_RECORDS).bytes();
  }

  /** A list of look-ups, one a line. */
  public GatewayReply<JsonNode> askLines(StaffSession session, String path, String lines) {
    HttpRequest.Builder asking =
        line.asking(path)
            .header("Content-Type", "application/x-ndjson")
            .header("Accept", "application/json, application/problem+json")
            .timeout(FOR_A_LIST)
            .POST(BodyPublishers.ofString(lines));
    return line.ask(of(session, asking)).read(JsonNode.class, answer -> answer);
  }

  /** Hears what happens at the institution, from after that event on. */
  public HttpLine.StreamEnd listen(StaffSession session, long after, Predicate<String> each) {
    HttpRequest.Builder asking =
        line.asking("/v1/events")
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", Long.toString(after))
            .GET();
    return line.listen(of(session, asking), each);
  }

  private static HttpRequest of(StaffSession session, HttpRequest.Builder asking) {
    return asking.header(SESSION, session.token()).build();
  }

  private record SignInBody(String login, String password) {}

  private record SessionBody(String token, Instant expiresAt, StaffBody staff) {
    Welcome read() {
      return new Welcome(
          new StaffSession(token), staff.name(), Seat.Right.valueOf(staff.role()), expiresAt);
    }
  }

  private record StaffBody(String name, String role) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record SightBody(String terminal, @Nullable String call) {}

  private record PassBody(String pass) {
    StaffPass read() {
      return new StaffPass(pass);
    }
  }
}
