package jp.kazashi.reader.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import jp.kazashi.reader.face.Camera;
import jp.kazashi.reader.face.FileCamera;

/**
 * In the simulated world whoever put a card on a reader stands before its camera: their photographs
 * lie in a folder with the name of the card.
 */
public final class PersonAtReader implements Camera.Source {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");
  private static final String NOBODY = "nobody";

  private final ControlLine line;
  private final String reader;
  private final Path photographs;
  private final LongSupplier ticks;

  public PersonAtReader(
      URI control, String token, String reader, Path photographs, LongSupplier ticks) {
    this.line = new ControlLine(control, token);
    this.reader = reader;
    this.photographs = photographs;
    this.ticks = ticks;
  }

  @Override
  public Camera open() {
    String card = line.get("/readers").map(this::cardOn).orElse(NOBODY);
    return new FileCamera(photographs.resolve(card), FileCamera.Pace.USUAL, ticks);
  }

  private String cardOn(JsonNode readers) {
    return StreamSupport.stream(readers.spliterator(), false)
        .filter(row -> row.path("name").asText().equals(reader))
        .map(row -> row.path("card").asText(""))
        .filter(card -> NAME.matcher(card).matches())
        .findFirst()
        .orElse(NOBODY);
  }
}
