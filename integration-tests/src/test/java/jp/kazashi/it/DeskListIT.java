package jp.kazashi.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import jp.kazashi.consent.Arrival;
import jp.kazashi.consent.DeskBoard;
import jp.kazashi.consent.MedicalCategory;
import jp.kazashi.consent.ProofMethod;
import jp.kazashi.consent.StaffCall;
import jp.kazashi.consent.VisitBoard.Subscription;
import jp.kazashi.consent.desk.DemoOffice;
import jp.kazashi.consent.pages.DeskPages;
import jp.kazashi.consent.pages.Premises;
import org.junit.jupiter.api.Test;

/** A long day: two thousand arrivals on one list, in a real browser. */
class DeskListIT {
  private static final int ARRIVALS = 2_000;
  private static final int MORE = 100;
  private static final Instant MORNING = Instant.parse("2026-12-01T00:00:00Z");

  @Test
  void twoThousandArrivalsComeAsSomebodyGoesDownToThemAndNewOnesStandFirst() {
    LongDay day = new LongDay();
    Vertx vertx = Vertx.vertx();
    Browser browser = Browser.start();
    try {
      Page desk = browser.page(1280, 800);
      String address = serve(vertx, day);
      desk.navigate(address + "/sign-in");
      desk.locator("[name=login]").fill("kanri");
      desk.locator("[name=password]").fill("x");
      long start = System.nanoTime();
      desk.locator("form button").click();
      assertThat(desk.locator("#arrivals tr").first()).isVisible();
      say("sign-in to the first lines", start);
      assertThat(desk.locator("#state.live")).isVisible();
      assertThat(desk.locator("#arrivals tr").count()).isLessThan(ARRIVALS);

      start = System.nanoTime();
      desk.waitForFunction(
          "() => { scrollTo(0, document.body.scrollHeight);"
              + " return document.querySelectorAll('#arrivals tr').length >= "
              + ARRIVALS
              + "; }");
      say("down to the last of " + ARRIVALS, start);
      assertThat(orders(desk))
          .hasSize(ARRIVALS)
          .doesNotHaveDuplicates()
          .isSortedAccordingTo(Comparator.reverseOrder());

      desk.evaluate("scrollTo(0, 0)");
      start = System.nanoTime();
      for (int more = 0; more < MORE; more++) {
        day.arrive();
      }
      desk.waitForFunction(
          "() => document.querySelectorAll('#arrivals tr').length >= " + (ARRIVALS + MORE));
      say(MORE + " more on top of " + ARRIVALS, start);
      Object frame =
          desk.evaluate(
              "() => new Promise(done => { const t = performance.now();"
                  + " requestAnimationFrame(() => requestAnimationFrame(() =>"
                  + " done(performance.now() - t))); })");
      System.out.println("desk list: two frames with the whole list: " + frame + " ms");
      assertThat(orders(desk).getFirst()).isEqualTo((long) ARRIVALS + MORE);
    } finally {
      browser.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static List<Long> orders(Page desk) {
    List<Long> orders = new ArrayList<>();
    Object told =
        desk.evaluate(
            "() => [...document.querySelectorAll('#arrivals tr')].map(r => r.dataset.order)");
    ((List<?>) told).forEach(order -> orders.add(Long.valueOf(order.toString())));
    return orders;
  }

  private static void say(String what, long start) {
    System.out.println(
        "desk list: " + what + ": " + (System.nanoTime() - start) / 1_000_000 + " ms");
  }

  private static String serve(Vertx vertx, DeskBoard board) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                new DeskPages(
                        board,
                        new DemoOffice().office(),
                        new Premises("見本", "kiosk-1", true, Premises.LOOPBACK),
                        new SecureRandom())
                    .router(vertx))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** A board with everything a line can hold. */
  private static final class LongDay implements DeskBoard {
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    LongDay() {
      List<Arrival> all = new ArrayList<>();
      for (int order = ARRIVALS; order > 0; order--) {
        all.add(arrival(order));
      }
      arrivals.addAll(all);
    }

    void arrive() {
      Arrival next = arrival(arrivals.getFirst().order() + 1);
      arrivals.addFirst(next);
      listeners.forEach(listener -> listener.accept(new Change.Line(next)));
    }

    private static Arrival arrival(long order) {
      Instant at = MORNING.plusSeconds(order * 10);
      return new Arrival(
          "a" + order,
          order,
          at,
          "kiosk-" + order % 5,
          new Arrival.Standing.Answered(
              new Arrival.Person("架空 花子" + order, "架空 花子", "カクウ ハナコ", LocalDate.of(1980, 1, 2)),
              Arrival.Validity.VALID,
              "見本健康保険組合",
              Optional.of(30),
              ProofMethod.PIN),
          List.of(MedicalCategory.MEDICATION, MedicalCategory.CARE),
          Optional.of(at.plusSeconds(86_400)),
          List.of(),
          Optional.empty(),
          Optional.of("check-" + order),
          new Arrival.Chart(Optional.empty(), List.of("P" + order)));
    }

    @Override
    public List<Arrival> arrivals() {
      return List.copyOf(arrivals);
    }

    @Override
    public List<StaffCall> calls() {
      return List.of();
    }

    @Override
    public Subscription subscribe(Consumer<Change> listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }
  }
}
