package io.defradb.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A lake's folder, read by SQL: for each collection the view of its name holds the documents as
 * they are now, and {@code <name>_changes} every change. The views are DuckDB's; other engines read
 * the same files with the same statement.
 */
final class Lake implements AutoCloseable {
  private final Connection duck;
  private final Path folder;

  private Lake(Path folder, Connection duck) {
    this.folder = folder;
    this.duck = duck;
  }

  static Lake open(Path folder) throws IOException, SQLException {
    var lake = new Lake(folder, memory());
    for (String collection : lake.collections()) {
      lake.addViews(collection);
    }
    return lake;
  }

  /** An engine of its own for this process; nothing of it is kept. */
  static Connection memory() throws SQLException {
    Connection duck = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET threads = 2");
    }
    return duck;
  }

  /** Those that have at least one file. */
  List<String> collections() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path collection : folders.filter(Files::isDirectory).sorted().toList()) {
        try (Stream<Path> files = Files.walk(collection)) {
          if (files.anyMatch(file -> file.toString().endsWith(".parquet"))) {
            names.add(collection.getFileName().toString());
          }
        }
      }
    }
    return names;
  }

  /**
   * Runs one statement that answers rows.
   *
   * @return rows of texts, the first with the columns' names
   */
  List<List<String>> query(String sql) throws SQLException {
    try (Statement statement = duck.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      int width = answer.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int column = 1; column <= width; column++) {
        names.add(answer.getMetaData().getColumnLabel(column));
      }
      rows.add(names);
      while (answer.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= width; column++) {
          String text = answer.getString(column);
          row.add(text == null ? "" : text);
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** The documents of a collection as they are now, a JSON object each, by DocID. */
  List<String> documents(String collection) throws SQLException {
    String name = Sql.name(collection);
    List<List<String>> rows =
        query("SELECT to_json(d)::VARCHAR FROM " + name + " d ORDER BY \"_docID\"");
    return rows.stream().skip(1).map(row -> row.get(0)).toList();
  }

  /**
   * The statement behind a collection's view: of each document the last change, unless it is a
   * delete. A node that began anew numbers its changes anew and tells all its documents again, so
   * only its newest feed counts.
   */
  static String current(String changes) {
    return "SELECT * EXCLUDE (__op, __seq, __feed, __cid, __height, __schema, __ts_ms, __offset,"
        + " partition) FROM "
        + changes
        + " WHERE __feed = (SELECT arg_max(__feed, __ts_ms) FROM "
        + changes
        + ") QUALIFY row_number() OVER (PARTITION BY \"_docID\" ORDER BY __seq DESC, __offset DESC)"
        + " = 1 AND __op <> 'd'";
  }

  private void addViews(String collection) throws SQLException {
    String changes = Sql.name(collection + "_changes");
    String files = folder.resolve(collection).resolve("*").resolve("*.parquet").toString();
    try (Statement statement = duck.createStatement()) {
      statement.execute(
          "CREATE VIEW "
              + changes
              + " AS SELECT * FROM read_parquet("
              + Sql.text(files)
              + ", union_by_name = true, hive_partitioning = true)");
      statement.execute("CREATE VIEW " + Sql.name(collection) + " AS " + current(changes));
    }
  }

  @Override
  public void close() throws SQLException {
    duck.close();
  }
}
