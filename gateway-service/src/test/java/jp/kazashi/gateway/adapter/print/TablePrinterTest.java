package jp.kazashi.gateway.adapter.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class TablePrinterTest {
  private static final Instant AT = Instant.parse("2026-11-27T01:24:00Z");

  @Test
  void everyPageSaysWhoseItIsAndWhichOfHowMany() throws IOException {
    try (PDDocument printed = printed(200, "アムロジピン錠５ｍｇ")) {
      int pages = printed.getNumberOfPages();
      assertThat(pages).isBetween(5, 20);
      for (int page = 1; page <= pages; page++) {
        assertThat(text(printed, page))
            .contains("試験　花子", "お薬の情報", "確認番号", page + " / " + pages + " ページ", "調剤日");
      }
      assertThat(text(printed, 1)).contains("No.0 ").doesNotContain("No.199 ");
      assertThat(text(printed, pages)).contains("No.199 ");
    }
  }

  @Test
  void noRowIsLostBetweenPages() throws IOException {
    try (PDDocument printed = printed(150, "アムロジピン錠５ｍｇ")) {
      String all = new PDFTextStripper().getText(printed);
      for (int row = 0; row < 150; row++) {
        assertThat(all).contains("No." + row + " ");
      }
    }
  }

  @Test
  void theFontComesAlongWithOnlyWhatItShows() throws IOException {
    TablePrinter printer = new TablePrinter();
    byte[] pdf = printer.print(table(3, "アムロジピン錠５ｍｇ"), AT);

    assertThat(pdf.length).isLessThan(200_000);
    try (PDDocument printed = Loader.loadPDF(pdf)) {
      List<PDFont> fonts = new ArrayList<>();
      for (PDPage page : printed.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          fonts.add(page.getResources().getFont(name));
        }
      }
      assertThat(fonts).isNotEmpty().allSatisfy(font -> assertThat(font.isEmbedded()).isTrue());
      assertThat(fonts.getFirst().getName()).matches("[A-Z]{6}\\+NotoSansJP.*");
    }
  }

  @Test
  void whatTheFontDoesNotHaveIsShownAsMissingAndALongTextGoesOn() throws IOException {
    String longText = "長い説明".repeat(1500);
    try (PDDocument printed = printed(1, "\uD83D\uDC8A薬" + longText)) {
      String all = new PDFTextStripper().getText(printed).replaceAll("\\s", "");
      assertThat(all).contains("〓薬長い説明");
      assertThat(all.split("長", -1)).hasSize(1501);
      assertThat(printed.getNumberOfPages()).isGreaterThan(1);
    }
  }

  @Test
  void nothingToShowIsOnePage() throws IOException {
    try (PDDocument printed = printed(0, "")) {
      assertThat(printed.getNumberOfPages()).isEqualTo(1);
    }
  }

  private static PDDocument printed(int rows, String name) throws IOException {
    return Loader.loadPDF(new TablePrinter().print(table(rows, name), AT));
  }

  private static PrintedTable table(int rows, String name) {
    List<List<String>> cells = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      cells.add(List.of("2026-10-03", "No." + row + " " + name, "１日１回　朝食後"));
    }
    return new PrintedTable(
        "お薬の情報",
        List.of("氏名 試験　花子", "確認番号 6f1a2d3c-4b5a-4978-8796-a5b4c3d2e1f0"),
        List.of(
            new PrintedTable.Column("調剤日", 0.15),
            new PrintedTable.Column("薬", 0.55),
            new PrintedTable.Column("用法", 0.3)),
        cells);
  }

  private static String text(PDDocument document, int page) throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setStartPage(page);
    stripper.setEndPage(page);
    return stripper.getText(document);
  }
}
