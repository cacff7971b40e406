package jp.kazashi.gateway;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The owner of the tables, who sees and may do what the gateway does not. */
final class Owner {
  private Owner() {}

  /** How many rows it changed. */
  static int run(GatewayWorld world, String sql, String... parameters) throws SQLException {
    try (Connection connection = connect(world);
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      statement.execute();
      return statement.getUpdateCount();
    }
  }

  /** The first column of every row. */
  static List<String> texts(GatewayWorld world, String sql, String... parameters)
      throws SQLException {
    try (Connection connection = connect(world);
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /** How many rows each table has. */
  static Map<String, Long> rows(GatewayWorld world) throws SQLException {
    Map<String, Long> rows = new TreeMap<>();
    try (Connection database = connect(world)) {
      for (String table :
          texts(world, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
        try (ResultSet count =
            database.createStatement().executeQuery("SELECT count(*) FROM " + table)) {
          count.next();
          rows.put(table, count.getLong(1));
        }
      }
    }
    return rows;
  }

  private static PreparedStatement prepare(Connection connection, String sql, String... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int at = 0; at < parameters.length; at++) {
      statement.setString(at + 1, parameters[at]);
    }
    return statement;
  }

  static Connection connect(GatewayWorld world) throws SQLException {
    URI owner = URI.create(world.ownerUrl());
    String[] user = owner.getUserInfo().split(":", 2);
    String address = owner.getAuthority().replaceFirst("^.*@", "") + owner.getPath();
    return DriverManager.getConnection("jdbc:postgresql://" + address, user[0], user[1]);
  }
}
