package jp.kazashi.reader.desk;

import jp.kazashi.reader.link.GatewayReply;
import jp.kazashi.reader.link.HttpLine;
import jp.kazashi.reader.link.StaffPass;

/** What the desk asks of the gateway, for a member of staff. */
public final class DeskLink {

  private static final String SESSION = "Staff-Session";

  private final HttpLine line;

  /** Over a line of the role VIEWER. */
  public DeskLink(HttpLine line) {
    this.line = line;
  }

  public GatewayReply<StaffSession> signIn(StaffLogin who) {
    return line.ask(
            line.post("/v1/staff/sessions", new SignInBody(who.login(), who.password())).build())
        .read(SessionBody.class, SessionBody::read);
  }

  /** The holder of the card at that terminal was looked at and is the one on it. */
  public GatewayReply<StaffPass> confirmBySight(StaffSession session, String terminal) {
    return line.ask(
            line.post("/v1/visual-checks", new SightBody(terminal))
                .header(SESSION, session.token())
                .build())
        .read(PassBody.class, PassBody::read);
  }

  private record SignInBody(String login, String password) {}

  private record SessionBody(String token) {
    StaffSession read() {
      return new StaffSession(token);
    }
  }

  private record SightBody(String terminal) {}

  private record PassBody(String pass) {
    StaffPass read() {
      return new StaffPass(pass);
    }
  }
}
