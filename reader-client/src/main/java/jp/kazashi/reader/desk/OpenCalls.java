package jp.kazashi.reader.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.kazashi.consent.StaffCall;

/**
 * The open calls of the institution, as the gateway told them.
 *
 * @param asOf what events up to that id say is in them
 */
record OpenCalls(long asOf, List<Open> open) {

  static final OpenCalls NONE = new OpenCalls(0, List.of());

  OpenCalls {
    open = List.copyOf(open);
  }

  /**
   * One of them.
   *
   * @param ends in ticks: when it has ended by itself
   */
  record Open(ArrivalList.CallElsewhere call, long ends) {
    boolean isOver(long now) {
      return now - ends >= 0;
    }
  }

  /** A call of a kind that this desk does not know is none of its own. */
  static OpenCalls read(JsonNode answer, Instant at, long now) {
    List<Open> open = new ArrayList<>();
    for (JsonNode call : answer.path("calls")) {
      String want = call.path("want").asText();
      for (StaffCall.Want known : StaffCall.Want.values()) {
        if (known.name().equals(want)) {
          open.add(read(call, known, at, now));
        }
      }
    }
    return new OpenCalls(answer.path("asOf").asLong(), open);
  }

  private static Open read(JsonNode call, StaffCall.Want want, Instant at, long now) {
    Duration waited = Duration.ofSeconds(call.path("secondsWaited").asLong());
    Duration left = Duration.ofSeconds(call.path("secondsLeft").asLong());
    return new Open(
        new ArrivalList.CallElsewhere(
            call.path("call").asText(),
            new StaffCall(call.path("terminal").asText(), at.minus(waited), want)),
        now + left.toNanos());
  }

  OpenCalls without(long now) {
    return new OpenCalls(asOf, open.stream().filter(call -> !call.isOver(now)).toList());
  }
}
