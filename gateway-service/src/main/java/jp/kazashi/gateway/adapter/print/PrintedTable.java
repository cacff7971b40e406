package jp.kazashi.gateway.adapter.print;

import java.util.List;

/**
 * What is printed: a table under a header that every page repeats.
 *
 * @param title what kind of records
 * @param header lines that say whose they are, by whom and when they were printed
 * @param columns from left to right; their widths add up to 1
 * @param rows a cell for each column
 */
public record PrintedTable(
    String title, List<String> header, List<Column> columns, List<List<String>> rows) {
  public PrintedTable {
    header = List.copyOf(header);
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    int width = columns.size();
    if (rows.stream().anyMatch(row -> row.size() != width)) {
      throw new IllegalArgumentException("A row has a cell for each column");
    }
  }

  /** A column, as wide as this share of the page. */
  public record Column(String title, double width) {}
}
