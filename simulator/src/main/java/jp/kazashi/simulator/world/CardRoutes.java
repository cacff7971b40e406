package jp.kazashi.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import jp.kazashi.simulator.terminal.VirtualReader;
import jp.kazashi.simulator.terminal.VirtualReaders;

/**
 * The part of the control that is about cards and readers: what lies on the table, what is in a
 * reader, what goes wrong with it.
 */
final class CardRoutes {
  private final CardTable table;
  private final VirtualReaders readers;

  CardRoutes(CardTable table, VirtualReaders readers) {
    this.table = table;
    this.readers = readers;
  }

  void addTo(Router router) {
    router.get("/cards").handler(context -> Replies.answer(context, 200, cards()));
    router.put("/cards/:card/tries").handler(this::setTries);
    router.put("/cards/:card/faults").handler(this::setFaults);
    router.get("/pace").handler(context -> Replies.answer(context, 200, pace()));
    router.put("/pace").handler(this::setPace);
    router.get("/readers").handler(context -> Replies.answer(context, 200, readers()));
    router.post("/readers/headless").handler(this::openHeadless);
    // Onto a card that is in already: a swap, with the moment it takes a hand.
    router.put("/readers/:reader/card").handler(this::insert);
    router.delete("/readers/:reader/card").handler(this::remove);
    router.get("/readers/:reader/printed-number").handler(this::printedNumber);
    router.delete("/readers/:reader").handler(this::closeHeadless);
  }

  // ------------------------------------------------------------------ cards

  private List<Map<String, Object>> cards() {
    List<Map<String, Object>> cards = new ArrayList<>();
    for (DeckCard card : table.cards()) {
      DeckStory story = card.story();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", story.card());
      row.put("holder", story.person().name());
      row.put("form", story.making().form().name());
      row.put("story", story.story());
      row.put("certificateEnds", card.certificate().ends().toString());
      row.put("method", story.method());
      row.put("pin", story.pin().orElse(null));
      row.put("pinTries", story.pin().isPresent() ? table.pinTries(card) : null);
      row.put("faults", table.faults(story.card()));
      row.put("expected", story.expected());
      row.put("expectation", story.expectation());
      cards.add(row);
    }
    return cards;
  }

  private void setTries(RoutingContext context) {
    named(context, context.pathParam("card"))
        .ifPresent(card ->
            Replies.field(
                    context,
                    "tries",
                    "a whole number",
                    tries -> tries.isIntegralNumber() && tries.canConvertToInt())
                .ifPresent(
                    tries -> attempt(context, () -> table.setPinTries(card, tries.asInt()))));
  }

  private void setFaults(RoutingContext context) {
    named(context, context.pathParam("card"))
        .ifPresent(card ->
            Replies.field(context, "faults", "a list", JsonNode::isArray)
                .ifPresent(lines -> attempt(context, () -> table.setFaults(card, texts(lines)))));
  }

  private static List<String> texts(JsonNode lines) {
    return StreamSupport.stream(lines.spliterator(), false)
        .map(JsonNode::asText)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private Map<String, Object> pace() {
    return Map.of("pace", table.pace());
  }

  private void setPace(RoutingContext context) {
    Replies.text(context, "pace").ifPresent(pace -> attempt(context, () -> table.setPace(pace)));
  }

  private static void attempt(RoutingContext context, Runnable change) {
    try {
      change.run();
      Replies.done(context);
    } catch (IllegalArgumentException wrong) {
      Replies.refuse(context, 400, Replies.message(wrong));
    }
  }

  // ------------------------------------------------------------------ readers

  private List<Map<String, Object>> readers() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String name : readers.names()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", name);
      row.put("card", readers.reader(name).flatMap(VirtualReader::card).orElse(null));
      rows.add(row);
    }
    return rows;
  }

  private void insert(RoutingContext context) {
    reader(context)
        .ifPresent(reader ->
            card(context)
                .ifPresent(card -> {
                  reader.insert(table.inHand(card));
                  Replies.answer(
                      context, 200, Map.of("reader", reader.name(), "card", card.story().card()));
                }));
  }

  private void remove(RoutingContext context) {
    reader(context)
        .ifPresent(reader -> {
          reader.remove();
          Replies.done(context);
        });
  }

  /** A look at the card that lies there; it tells 照合番号B and never 照合番号A. */
  private void printedNumber(RoutingContext context) {
    reader(context)
        .ifPresent(reader ->
            reader
                .card()
                .flatMap(table::card)
                .flatMap(card -> card.card().printedNumber())
                .ifPresentOrElse(
                    number -> Replies.answer(context, 200, Map.of("number", number)),
                    () -> Replies.refuse(context, 404, "Nothing printed lies there.")));
  }

  private void openHeadless(RoutingContext context) {
    card(context)
        .ifPresent(card ->
            Replies.answer(
                context,
                201,
                Map.of(
                    "reader", readers.openHeadless(table.inHand(card)).name(),
                    "method", card.story().method())));
  }

  private void closeHeadless(RoutingContext context) {
    String name = context.pathParam("reader");
    if (readers.closeHeadless(name)) {
      Replies.done(context);
    } else {
      Replies.refuse(context, 404, "There is no headless reader '" + name + "'.");
    }
  }

  private Optional<VirtualReader> reader(RoutingContext context) {
    String name = context.pathParam("reader");
    Optional<VirtualReader> reader = readers.reader(name);
    if (reader.isEmpty()) {
      Replies.refuse(
          context,
          404,
          "No reader is named '%s'. Readers: %s."
              .formatted(name, String.join(", ", readers.names())));
    }
    return reader;
  }

  private Optional<DeckCard> card(RoutingContext context) {
    return Replies.text(context, "name").flatMap(name -> named(context, name));
  }

  private Optional<DeckCard> named(RoutingContext context, String name) {
    Optional<DeckCard> card = table.card(name);
    if (card.isEmpty()) {
      Replies.refuse(
          context, 404, "No card is named '%s'. Cards: %s.".formatted(name, DeckStory.names()));
    }
    return card;
  }
}
