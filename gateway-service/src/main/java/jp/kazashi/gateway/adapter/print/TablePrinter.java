package jp.kazashi.gateway.adapter.print;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * A table as pages of A4: header and column titles on each, rows that break between cells' lines
 * never over pages, page x of y at the foot.
 */
public final class TablePrinter {
  private static final String FONT = "/fonts/NotoSansJP-Regular.ttf";

  /** What stands where the font has no glyph. */
  private static final String MISSING = "〓";

  private static final float MARGIN = 36;
  private static final float TITLE_SIZE = 14;
  private static final float TEXT_SIZE = 8.5f;
  private static final float LEADING = 12;
  private static final float PADDING = 3;
  private static final float FOOT = 24;
  private static final float THOUSAND = 1000;

  /** A4 lying on its side, in points. */
  private static final PDRectangle PAGE = new PDRectangle(841.89f, 595.28f);

  private static final float WIDTH = PAGE.getWidth() - 2 * MARGIN;

  /** The bytes of a PDF. */
  public byte[] print(PrintedTable table, Instant at) {
    try (PDDocument document = new PDDocument();
        InputStream file =
            Objects.requireNonNull(TablePrinter.class.getResourceAsStream(FONT), FONT)) {
      Calendar made = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
      made.setTimeInMillis(at.toEpochMilli());
      document.getDocumentInformation().setTitle(table.title());
      document.getDocumentInformation().setCreationDate(made);
      document.getDocumentCatalog().setLanguage("ja");
      Sheet sheet = new Sheet(PDType0Font.load(document, file, true), table);
      List<List<List<List<String>>>> pages = sheet.pages();
      for (int number = 0; number < pages.size(); number++) {
        PDPage page = new PDPage(PAGE);
        document.addPage(page);
        try (PDPageContentStream out = new PDPageContentStream(document, page)) {
          sheet.draw(out, pages.get(number), number + 1, pages.size());
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One table in one font: a row is a list of cells, a cell a list of lines. */
  private static final class Sheet {
    private final PDType0Font font;
    private final PrintedTable table;

    Sheet(PDType0Font font, PrintedTable table) {
      this.font = font;
      this.table = table;
    }

    /** Which rows stand on which page; there is always one. */
    List<List<List<List<String>>>> pages() throws IOException {
      List<List<List<List<String>>>> pages = new ArrayList<>();
      List<List<List<String>>> page = new ArrayList<>();
      float room = roomForRows();
      float left = room;
      for (List<String> row : table.rows()) {
        for (List<List<String>> part : parts(broken(row), room)) {
          float height = heightOf(part);
          if (height > left && !page.isEmpty()) {
            pages.add(page);
            page = new ArrayList<>();
            left = room;
          }
          page.add(part);
          left -= height;
        }
      }
      pages.add(page);
      return pages;
    }

    private float roomForRows() {
      return PAGE.getHeight() - 2 * MARGIN - FOOT - headHeight() - rowHeight(1);
    }

    private float headHeight() {
      return TITLE_SIZE + PADDING * 2 + table.header().size() * LEADING + PADDING * 2;
    }

    /** A row that no page could hold goes on in another row. */
    private static List<List<List<String>>> parts(List<List<String>> row, float room) {
      int most = Math.max(1, (int) ((room - 2 * PADDING) / LEADING));
      List<List<List<String>>> parts = new ArrayList<>();
      int longest = row.stream().mapToInt(List::size).max().orElse(0);
      for (int from = 0; from < Math.max(1, longest); from += most) {
        int first = from;
        parts.add(
            row.stream()
                .map(cell ->
                    cell.subList(Math.min(first, cell.size()), Math.min(first + most, cell.size())))
                .toList());
      }
      return parts;
    }

    private List<List<String>> broken(List<String> row) throws IOException {
      List<List<String>> cells = new ArrayList<>();
      for (int at = 0; at < row.size(); at++) {
        cells.add(lines(row.get(at), widthOf(at) - 2 * PADDING));
      }
      return cells;
    }

    /** Japanese breaks anywhere. */
    private List<String> lines(String text, float width) throws IOException {
      List<String> lines = new ArrayList<>();
      StringBuilder line = new StringBuilder();
      float used = 0;
      for (int point : text.codePoints().toArray()) {
        String glyph = glyph(point);
        float its = font.getStringWidth(glyph) / THOUSAND * TEXT_SIZE;
        if (point == '\n' || (used + its > width && !line.isEmpty())) {
          lines.add(line.toString());
          line.setLength(0);
          used = 0;
        }
        if (point != '\n') {
          line.append(glyph);
          used += its;
        }
      }
      lines.add(line.toString());
      return lines;
    }

    private String glyph(int point) {
      if (point == '\n') {
        return "";
      }
      String text = Character.toString(point);
      try {
        font.encode(text);
        return text;
      } catch (IllegalArgumentException | IOException unknown) {
        return MISSING;
      }
    }

    private String printable(String text) {
      StringBuilder printable = new StringBuilder();
      text.codePoints().forEach(point -> printable.append(glyph(point)));
      return printable.toString();
    }

    void draw(PDPageContentStream out, List<List<List<String>>> rows, int number, int of)
        throws IOException {
      float top = PAGE.getHeight() - MARGIN;
      write(out, table.title(), MARGIN, top - TITLE_SIZE, TITLE_SIZE);
      top -= TITLE_SIZE + PADDING * 2;
      for (String line : table.header()) {
        write(out, line, MARGIN, top - TEXT_SIZE, TEXT_SIZE);
        top -= LEADING;
      }
      top -= PADDING * 2;
      top = drawRow(out, titles(), top, 1);
      for (List<List<String>> row : rows) {
        top = drawRow(out, row, top, 0.4f);
      }
      String foot = number + " / " + of + " ページ";
      float wide = font.getStringWidth(foot) / THOUSAND * TEXT_SIZE;
      write(out, foot, PAGE.getWidth() - MARGIN - wide, MARGIN - FOOT / 2, TEXT_SIZE);
    }

    private List<List<String>> titles() {
      return table.columns().stream().map(column -> List.of(printable(column.title()))).toList();
    }

    private float drawRow(PDPageContentStream out, List<List<String>> row, float top, float line)
        throws IOException {
      float bottom = top - heightOf(row);
      float x = MARGIN;
      for (int at = 0; at < row.size(); at++) {
        float y = top - PADDING - TEXT_SIZE;
        for (String text : row.get(at)) {
          write(out, text, x + PADDING, y, TEXT_SIZE);
          y -= LEADING;
        }
        x += widthOf(at);
      }
      out.setLineWidth(line);
      out.moveTo(MARGIN, bottom);
      out.lineTo(MARGIN + WIDTH, bottom);
      out.stroke();
      return bottom;
    }

    private void write(PDPageContentStream out, String text, float x, float y, float size)
        throws IOException {
      out.beginText();
      out.setFont(font, size);
      out.newLineAtOffset(x, y);
      out.showText(printable(text));
      out.endText();
    }

    private float widthOf(int column) {
      return (float) (table.columns().get(column).width() * WIDTH);
    }

    private static float heightOf(List<List<String>> row) {
      return rowHeight(row.stream().mapToInt(List::size).max().orElse(1));
    }

    private static float rowHeight(int lines) {
      return lines * LEADING + 2 * PADDING;
    }
  }
}
