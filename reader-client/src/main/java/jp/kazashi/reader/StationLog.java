package jp.kazashi.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import jp.kazashi.reader.face.FaceAtTerminal;
import jp.kazashi.reader.kiosk.Kiosk;
import jp.kazashi.reader.link.Answer;
import jp.kazashi.reader.link.Refusal;
import jp.kazashi.reader.link.WireJson;
import jp.kazashi.reader.visit.Visit;
import jp.kazashi.reader.visit.VisitId;
import jp.kazashi.reader.visit.VisitWitness;

/**
 * One line of JSON per station of a visit. It says what happened, never to whom: no name, number,
 * PIN, token, certificate or card data gets here.
 */
final class StationLog {

  private final PrintStream out;
  private final InstantSource world;
  private final ObjectMapper json = JsonMapper.builder().build();

  StationLog(PrintStream out, InstantSource world) {
    this.out = out;
    this.world = world;
  }

  /** The witness of the visits on that reader. */
  VisitWitness of(String reader) {
    return visit -> write(event(visit), reader, visit);
  }

  /** The log of that kiosk's troubles. */
  Kiosk.Trouble troublesOf(String reader) {
    return new Kiosk.Trouble() {
      @Override
      public void readerAway(String what) {
        write("reader.away", Map.of("reader", reader, "detail", what));
      }

      @Override
      public void readerBack() {
        write("reader.back", Map.of("reader", reader));
      }

      @Override
      public void visitBroke(VisitId visit, RuntimeException fault) {
        write(
            "visit.broke",
            Map.of("reader", reader, "visit", visit.toString(), "detail", place(fault)));
      }

      @Override
      public void kioskBroke(RuntimeException fault) {
        write("kiosk.broke", Map.of("reader", reader, "detail", place(fault)));
      }
    };
  }

  /** What came of comparing faces there: by which network and calibration, and never whose. */
  Consumer<FaceAtTerminal.Told> facesAt(String reader) {
    return told -> {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("reader", reader);
      details.put("outcome", told.outcome());
      told.reason().ifPresent(reason -> details.put("reason", reason.name()));
      told.portrait().ifPresent(portrait -> details.put("portrait", portrait.name()));
      details.put("attempts", told.attempts());
      details.put("model", told.model());
      details.put("calibration", told.calibration());
      write("face.compared", details);
    };
  }

  void write(String event, Map<String, ?> details) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", WireJson.text(world.instant()));
    line.put("part", "reader");
    line.put("event", event);
    line.putAll(details);
    try {
      out.println(json.writeValueAsString(line));
    } catch (JsonProcessingException onlyStringsAndNumbers) {
      throw new IllegalStateException(onlyStringsAndNumbers);
    }
  }

  private void write(String event, String reader, Visit visit) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("reader", reader);
    details.put("visit", visit.id().toString());
    switch (visit) {
      case Visit.Waiting waiting -> {}
      case Visit.Seated seated -> {}
      case Visit.Confirmed confirmed -> details.put("method", confirmed.method().name());
      case Visit.Signed signed -> {}
      case Visit.Answered answered -> describe(answered.answer(), details);
      case Visit.Consented consented -> {
        details.put("check", consented.answered().answer().checkId().toString());
        details.put("consents", consented.grants().categories().size());
      }
      case Visit.Closed closed -> {
        details.put("check", closed.answered().answer().checkId().toString());
        details.put("closing", closed.closing().getClass().getSimpleName());
      }
      case Visit.Refused refused -> describe(refused.refusal(), details);
      case Visit.Left left -> {}
    }
    write(event, details);
  }

  private static void describe(Answer answer, Map<String, Object> details) {
    details.put("check", answer.checkId().toString());
    details.put("phase", answer.certificate().phase().name());
    details.put("validity", answer.qualification().validityCode());
    details.put("offered", answer.offeredConsents().size());
  }

  private static void describe(Refusal refusal, Map<String, Object> details) {
    refusal.checkId().ifPresent(check -> details.put("check", check.toString()));
    details.put("reason", refusal.reason().value());
    refusal.detail().ifPresent(detail -> details.put("detail", detail));
  }

  private static String event(Visit visit) {
    return switch (visit) {
      case Visit.Waiting waiting -> "visit.begun";
      case Visit.Seated seated -> "visit.seated";
      case Visit.Confirmed confirmed -> "visit.confirmed";
      case Visit.Signed signed -> "visit.signed";
      case Visit.Answered answered -> "visit.answered";
      case Visit.Consented consented -> "visit.consented";
      case Visit.Closed closed -> "visit.closed";
      case Visit.Refused refused -> "visit.refused";
      case Visit.Left left -> "visit.left";
    };
  }

  /** Where it broke; the message of an exception may quote what was being handled. */
  private static String place(RuntimeException fault) {
    StackTraceElement[] stack = fault.getStackTrace();
    return fault.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
  }
}
