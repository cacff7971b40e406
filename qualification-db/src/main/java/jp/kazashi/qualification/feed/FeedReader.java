package jp.kazashi.qualification.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import jp.kazashi.qualification.intake.FeedEncoding;
import jp.kazashi.qualification.intake.FeedForm;
import jp.kazashi.qualification.intake.IntakeKind;
import jp.kazashi.qualification.intake.ReadLine;
import jp.kazashi.qualification.intake.RejectedLine;

/** The lines of a delivery, one after the other, with memory for one only. */
public final class FeedReader {
  private static final String BOM = "\uFEFF";

  private final FeedEncoding encoding;
  private final CharsetDecoder decoder;
  private final ByteLines lines;
  private final LineForm form;
  private final Deque<ReadLine> read = new ArrayDeque<>();
  private boolean begun;

  public FeedReader(
      IntakeKind intake, FeedForm form, FeedEncoding encoding, CodeNames names, InputStream body) {
    this.encoding = encoding;
    this.decoder =
        encoding
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.lines = new ByteLines(body);
    this.form =
        switch (form) {
          case NDJSON -> new JsonLines(intake);
          case CSV -> new CsvLines(intake);
          case RECEIPT -> new ReceiptLines(names);
        };
  }

  /** Turns the text of one line into what it says: one line, none (a header) or several. */
  interface LineForm {
    void read(String text, byte[] bytes, int number, Consumer<ReadLine> lines)
        throws DeliveryRefused;
  }

  /** The next line, empty at the end. */
  public Optional<ReadLine> next() throws IOException, DeliveryRefused {
    while (read.isEmpty()) {
      if (!lines.next()) {
        return Optional.empty();
      }
      take();
    }
    return Optional.of(read.remove());
  }

  /** How much of the body has been read. */
  public long bytes() {
    return lines.bytes();
  }

  private void take() throws DeliveryRefused {
    byte[] bytes = lines.line();
    if (!begun) {
      begun = true;
      bytes = withoutMark(bytes);
    }
    String id = Integer.toString(lines.number());
    if (lines.tooLong()) {
      read.add(new RejectedLine(id, "line", "is longer than " + ByteLines.LONGEST + " bytes"));
      return;
    }
    String text;
    try {
      text = decoder.decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException wrong) {
      read.add(new RejectedLine(id, "encoding", "cannot be read as " + encoding.charset().name()));
      return;
    }
    if (text.indexOf(BOM) >= 0) {
      read.add(new RejectedLine(id, "encoding", "has a byte order mark inside"));
      return;
    }
    if (!text.isBlank()) {
      form.read(text, bytes, lines.number(), read::add);
    }
  }

  private byte[] withoutMark(byte[] first) throws DeliveryRefused {
    if (starts(first, 0xFE, 0xFF) || starts(first, 0xFF, 0xFE)) {
      throw new DeliveryRefused("encoding", "is UTF-16; send UTF-8 or windows-31j");
    }
    if (!starts(first, 0xEF, 0xBB, 0xBF)) {
      return first;
    }
    if (encoding != FeedEncoding.UTF_8) {
      throw new DeliveryRefused("encoding", "is UTF-8, but was declared as windows-31j");
    }
    return Arrays.copyOfRange(first, 3, first.length);
  }

  private static boolean starts(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int at = 0; at < mark.length; at++) {
      if ((bytes[at] & 0xFF) != mark[at]) {
        return false;
      }
    }
    return true;
  }
}
