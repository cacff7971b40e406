package jp.kazashi.reader.link;

import java.util.Map;
import java.util.Optional;
import jp.kazashi.consent.StaffCall.Want;
import org.jspecify.annotations.Nullable;

/** What a terminal asks of the gateway about the calls for staff made at its kiosk. */
public final class CallLink {

  /** Shorter than this terminal waits for any answer. */
  private static final String UNTIL_IT_IS_OVER = "wait=5";

  private final HttpLine line;

  /** Over a line of the role READER. */
  public CallLink(HttpLine line) {
    this.line = line;
  }

  /** How it stands with a call. */
  public sealed interface Standing {
    record Waiting() implements Standing {}

    /** Somebody comes, or has confirmed the holder by sight. */
    record Answered(Optional<StaffPass> pass) implements Standing {}

    /** It ran out, or was taken back. */
    record Over() implements Standing {}
  }

  /** Rings at all desks of the institution; the same call sent again rings once. */
  public GatewayReply<Standing> ring(String call, Want want) {
    return read(line.ask(line.post("/v1/calls", new RingBody(call, want)).build()));
  }

  /** As soon as it does not wait any more, or after a few seconds. */
  public GatewayReply<Standing> follow(String call) {
    return read(line.ask(line.get("/v1/calls/" + call).header("Prefer", UNTIL_IT_IS_OVER).build()));
  }

  public GatewayReply<Standing> takeBack(String call) {
    return read(line.ask(line.request("DELETE", "/v1/calls/" + call, Map.of()).build()));
  }

  private static GatewayReply<Standing> read(HttpLine.Attempt attempt) {
    return attempt.read(CallBody.class, CallBody::read);
  }

  private record RingBody(String call, Want want) {}

  private record CallBody(String state, @Nullable String pass) {
    Standing read() {
      return switch (state) {
        case "WAITING" -> new Standing.Waiting();
        case "ANSWERED" -> new Standing.Answered(Optional.ofNullable(pass).map(StaffPass::new));
        default -> new Standing.Over();
      };
    }
  }
}
