package jp.kazashi.simulator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import jp.kazashi.simulator.pki.Holding;
import jp.kazashi.simulator.pki.Issuer;
import jp.kazashi.simulator.pki.JpkiAddresses;
import jp.kazashi.simulator.pki.Revocation;
import jp.kazashi.simulator.pki.SerialStatus;
import jp.kazashi.simulator.pki.SimulatedJpki;
import jp.kazashi.simulator.wire.Manners;
import jp.kazashi.simulator.world.JpkiCounter.CardState;

/** The part of the control that is about the JPKI: its services' manners, and persons' cards. */
final class JpkiRoutes {
  private final Vertx vertx;
  private final SimulatedJpki jpki;
  private final JpkiServer server;
  private final JpkiCounter counter;
  private final ControlServer.Feeding feeding;

  JpkiRoutes(
      Vertx vertx,
      SimulatedJpki jpki,
      JpkiServer server,
      JpkiCounter counter,
      ControlServer.Feeding feeding) {
    this.vertx = vertx;
    this.jpki = jpki;
    this.server = server;
    this.counter = counter;
    this.feeding = feeding;
  }

  /** Where nobody comes without the token, and bodies are read. */
  void addTo(Router router) {
    router.get("/jpki").handler(context -> Replies.answer(context, 200, overview()));
    router.put("/jpki/services/:service").handler(this::tell);
    router.delete("/jpki/services/:service").handler(this::calm);
    router
        .post("/jpki/republish")
        .handler(context -> {
          server.republish();
          Replies.done(context);
        });
    router
        .get("/jpki/cards/:card")
        .handler(context -> card(context, () -> counter.state(context.pathParam("card"))));
    router.post("/jpki/cards/:card/revoke").handler(this::revoke);
    router
        .post("/jpki/cards/:card/hold")
        .handler(context ->
            card(
                context,
                () ->
                    counter.revoke(context.pathParam("card"), Revocation.Reason.CERTIFICATE_HOLD)));
    router
        .post("/jpki/cards/:card/release")
        .handler(context -> card(context, () -> counter.release(context.pathParam("card"))));
    router
        .post("/jpki/cards/:card/renew")
        .handler(context -> card(context, () -> counter.renew(context.pathParam("card"))));
    router.post("/jpki/cards/:card/expire").handler(this::expire);
  }

  // ------------------------------------------------------------------ services

  private Map<String, Object> overview() {
    JpkiAddresses addresses = jpki.addresses();
    Map<String, Object> urls = new LinkedHashMap<>();
    urls.put("ocsp", addresses.ocsp());
    urls.put("tsa", addresses.timeStamps());
    urls.put("directory", addresses.directory());
    Map<String, Object> services = new LinkedHashMap<>();
    server.manners().forEach((name, manners) -> services.put(name, service(manners)));
    List<Object> authorities = new ArrayList<>();
    for (Issuer issuer : Issuer.values()) {
      if (jpki.publishes(issuer)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", issuer.fileName());
        row.put("use", issuer.use());
        row.put("carrier", issuer.carrier());
        row.put("crl", addresses.crl(issuer));
        row.put("deltaCrl", addresses.deltaCrl(issuer));
        authorities.add(row);
      }
    }
    Map<String, Object> overview = new LinkedHashMap<>();
    overview.put("addresses", urls);
    overview.put("authorities", authorities);
    overview.put("services", services);
    return overview;
  }

  private static <L> Map<String, Object> service(Manners<L> manners) {
    List<Map<String, String>> behaviours = new ArrayList<>();
    manners
        .choices()
        .forEach(choice -> {
          Map<String, String> row = new LinkedHashMap<>();
          row.put("name", choice.name());
          row.put("with", choice.usual());
          row.put("meaning", choice.meaning());
          behaviours.add(row);
        });
    Map<String, Object> service = new LinkedHashMap<>(told(manners));
    service.put("behaviours", behaviours);
    return service;
  }

  private static <L> Map<String, Object> told(Manners<L> manners) {
    Manners.Told<L> told = manners.told();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("behaviour", told.name());
    state.put("with", told.with());
    state.put("times", told.times().isPresent() ? told.times().getAsInt() : null);
    return state;
  }

  private void tell(RoutingContext context) {
    service(context)
        .ifPresent(manners ->
            body(context)
                .ifPresent(body -> {
                  try {
                    manners.tell(
                        text(body, "behaviour")
                            .orElseThrow(() ->
                                new IllegalArgumentException("The body needs a text 'behaviour'.")),
                        text(body, "with"),
                        times(body));
                    Replies.answer(context, 200, told(manners));
                  } catch (IllegalArgumentException wrong) {
                    Replies.refuse(context, 400, Replies.message(wrong));
                  }
                }));
  }

  private void calm(RoutingContext context) {
    service(context)
        .ifPresent(manners -> {
          manners.tell("honest", Optional.empty(), OptionalInt.empty());
          Replies.done(context);
        });
  }

  private Optional<Manners<?>> service(RoutingContext context) {
    String name = context.pathParam("service");
    Optional<Manners<?>> manners = Optional.ofNullable(server.manners().get(name));
    if (manners.isEmpty()) {
      Replies.refuse(
          context,
          404,
          "No service is named '%s'. Services: %s."
              .formatted(name, String.join(", ", server.manners().keySet())));
    }
    return manners;
  }

  // ------------------------------------------------------------------ cards

  private void revoke(RoutingContext context) {
    body(context)
        .ifPresent(body ->
            card(
                context,
                () ->
                    counter.revoke(
                        context.pathParam("card"),
                        reason(text(body, "reason").orElse("UNSPECIFIED")))));
  }

  private void expire(RoutingContext context) {
    body(context)
        .ifPresent(body ->
            card(
                context,
                () -> {
                  Optional<CardState> state =
                      counter.expire(
                          context.pathParam("card"), text(body, "lastDay").map(JpkiRoutes::day));
                  // As registered as the one before it was.
                  feeding.feed();
                  return state;
                }));
  }

  private static Revocation.Reason reason(String name) {
    return Arrays.stream(Revocation.Reason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is no reason. Reasons: %s."
                    .formatted(name, Arrays.toString(Revocation.Reason.values()))));
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException none) {
      throw new IllegalArgumentException(
          "'" + text + "' is no day: give one such as 2026-12-01.", none);
    }
  }

  private void card(RoutingContext context, Callable<Optional<CardState>> work) {
    vertx
        .executeBlocking(work, false)
        .onSuccess(state ->
            state.ifPresentOrElse(
                known -> Replies.answer(context, 200, json(known)),
                () ->
                    Replies.refuse(
                        context, 404, "No card is named '" + context.pathParam("card") + "'.")))
        .onFailure(failure -> {
          switch (failure) {
            case IllegalArgumentException wrong ->
                Replies.refuse(context, 400, Replies.message(wrong));
            case IOException away ->
                Replies.refuse(
                    context,
                    502,
                    "The certificate was changed, but its registration was not taken in: "
                        + Replies.message(away));
            default -> context.fail(failure);
          }
        });
  }

  private Map<String, Object> json(CardState state) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("authority", state.certificate().by().fileName());
    json.put("serial", state.certificate().serial().toString(16));
    json.put("beginsAt", state.certificate().begins().toString());
    json.put("endsAt", state.certificate().ends().toString());
    json.put("personCode", state.holding().map(Holding::personCode).orElse(null));
    switch (state.status()) {
      case SerialStatus.Good() -> json.put("status", "GOOD");
      case SerialStatus.NeverIssued() -> json.put("status", "UNKNOWN");
      case SerialStatus.Revoked(var revocation) -> {
        json.put("status", "REVOKED");
        json.put("reason", revocation.reason());
        json.put("since", revocation.since().toString());
      }
    }
    return json;
  }

  // ------------------------------------------------------------------ bodies

  /** An object, empty where nothing was sent; where it is none, the refusal has been sent. */
  private static Optional<JsonNode> body(RoutingContext context) {
    String text = Optional.ofNullable(context.body().asString()).orElse("");
    try {
      JsonNode body = Json.tree(text.isBlank() ? "{}" : text);
      if (body.isObject()) {
        return Optional.of(body);
      }
    } catch (JsonProcessingException noJson) {
      // Said below.
    }
    Replies.refuse(context, 400, "The body is no JSON object.");
    return Optional.empty();
  }

  private static Optional<String> text(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("'" + name + "' is a text.");
    }
    return Optional.of(value.asText()).filter(text -> !text.isBlank());
  }

  private static OptionalInt times(JsonNode body) {
    JsonNode times = body.path("times");
    if (times.isMissingNode() || times.isNull()) {
      return OptionalInt.empty();
    }
    if (!times.canConvertToInt() || !times.isIntegralNumber()) {
      throw new IllegalArgumentException("'times' is a number.");
    }
    return OptionalInt.of(times.asInt());
  }
}
