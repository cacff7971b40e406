package jp.kazashi.qualification;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * AC-22: finds what could be a My Number, twelve digits with a right check digit, in any text, and
 * in every column of every table. Digests and random ids in hexadecimal are passed over.
 */
public final class MyNumberScanner {
  private static final Pattern HEXADECIMAL =
      Pattern.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{32,}");
  private static final Pattern TWELVE =
      Pattern.compile("(?<![0-9])[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])");

  private MyNumberScanner() {}

  /** What looks like a My Number in a text. */
  public static List<String> find(String text) {
    String plain =
        HEXADECIMAL.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll(" ");
    return TWELVE
        .matcher(plain)
        .results()
        .map(found -> found.group().replaceAll("[ -]", ""))
        .filter(MyNumberScanner::hasItsCheckDigit)
        .toList();
  }

  /** Where a table holds one: table, column and value. */
  public static List<String> scan(Connection connection) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String[] column : columns(statement)) {
        try (ResultSet values =
            statement.executeQuery(
                "select distinct \"%s\"::text from \"%s\" where \"%s\" is not null"
                    .formatted(column[1], column[0], column[1]))) {
          while (values.next()) {
            for (String number : find(values.getString(1))) {
              found.add(column[0] + "." + column[1] + ": " + number);
            }
          }
        }
      }
    }
    return found;
  }

  /** Every column that can hold text or digits. */
  private static List<String[]> columns(Statement statement) throws SQLException {
    List<String[]> columns = new ArrayList<>();
    try (ResultSet result =
        statement.executeQuery(
            """
            select c.table_name, c.column_name
            from information_schema.columns c
            join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
              and c.data_type in ('text', 'character varying', 'bigint', 'numeric', 'integer')
            order by 1, 2
            """)) {
      while (result.next()) {
        columns.add(new String[] {result.getString(1), result.getString(2)});
      }
    }
    return columns;
  }

  /** 11 less the weighted sum of the first eleven digits modulo 11; 10 and 11 become 0. */
  private static boolean hasItsCheckDigit(String digits) {
    int sum = 0;
    for (int n = 1; n <= 11; n++) {
      int weight = n <= 6 ? n + 1 : n - 5;
      sum += (digits.charAt(11 - n) - '0') * weight;
    }
    int rest = sum % 11;
    int check = rest <= 1 ? 0 : 11 - rest;
    return check == digits.charAt(11) - '0';
  }
}
