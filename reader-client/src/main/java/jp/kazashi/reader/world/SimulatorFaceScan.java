package jp.kazashi.reader.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jp.kazashi.reader.myna.CardFaceScan;
import jp.kazashi.reader.myna.FaceNumber;

/**
 * What is printed on the card that lies on a virtual reader, told by the simulator as a camera over
 * the reader would. It is 照合番号B; the simulator has no way to tell 照合番号A.
 */
public final class SimulatorFaceScan implements CardFaceScan {

  private final ControlLine line;
  private final String path;

  public SimulatorFaceScan(URI control, String token, String reader) {
    String name = URLEncoder.encode(reader, StandardCharsets.UTF_8).replace("+", "%20");
    this.line = new ControlLine(control, token);
    this.path = "/readers/" + name + "/printed-number";
  }

  @Override
  public Optional<FaceNumber> scan() {
    return line.get(path).flatMap(SimulatorFaceScan::number);
  }

  private static Optional<FaceNumber> number(JsonNode printed) {
    byte[] digits = printed.path("number").asText("").getBytes(StandardCharsets.US_ASCII);
    return FaceNumber.isWellFormed(digits)
        ? Optional.of(FaceNumber.taking(digits))
        : Optional.empty();
  }
}
