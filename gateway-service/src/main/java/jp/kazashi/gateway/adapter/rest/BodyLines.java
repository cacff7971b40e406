package jp.kazashi.gateway.adapter.rest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jp.kazashi.gateway.check.Reason;

/** Lines of a body as it arrives: each bounded, all counted, none of them parsed yet. */
final class BodyLines {
  private static final int LONGEST = 4096;

  private BodyLines() {}

  static List<String> read(InputStream body, int most) throws IOException {
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream(LONGEST);
    try (InputStream in = new BufferedInputStream(body, 1 << 16)) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          end(line, lines, most);
        } else if (line.size() < LONGEST) {
          line.write(next);
        } else {
          throw new ProblemException(
              Reason.BAD_REQUEST, "line " + (lines.size() + 1) + " is too long");
        }
      }
      end(line, lines, most);
    }
    return lines;
  }

  private static void end(ByteArrayOutputStream line, List<String> lines, int most) {
    String text = text(line, lines.size() + 1).strip();
    line.reset();
    if (text.isEmpty()) {
      return;
    }
    if (lines.size() == most) {
      throw new ProblemException(Reason.BULK_TOO_LARGE);
    }
    lines.add(text);
  }

  private static String text(ByteArrayOutputStream line, int number) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "line " + number + " is not UTF-8");
    }
  }
}
