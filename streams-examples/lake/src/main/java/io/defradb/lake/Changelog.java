package io.defradb.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Parquet files of one partition. Rows are gathered in a text file and turned into Parquet by
 * DuckDB in one statement; a file appears under its name whole and synced, or not at all, so that
 * whatever kills the writer, no row is missing or there twice. One thread.
 */
final class Changelog implements AutoCloseable {
  private static final String ROWS = "rows.ndjson";
  private static final String WRITING = "parquet.writing";

  private final Path folder;
  private final Connection duck;
  private final ObjectMapper json;
  private long next;
  private long first;
  private long rows;
  private @Nullable Columns columns;
  private @Nullable BufferedWriter gathered;

  Changelog(Path folder, Connection duck, ObjectMapper json) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.duck = duck;
    this.json = json;
    Files.deleteIfExists(folder.resolve(ROWS));
    Files.deleteIfExists(folder.resolve(WRITING));
    this.next = nextOffset(folder);
    this.first = next;
  }

  /** The offset to go on from: after all that is in files. */
  long next() {
    return next;
  }

  /** Rows gathered and not yet in a file. */
  long waiting() {
    return rows;
  }

  /** Takes the row of the record at {@code offset}; {@code change} is null when it has none. */
  void add(long offset, @Nullable Change change) throws IOException, SQLException {
    if (change != null) {
      if (columns != null && !columns.fitsWith(change.columns())) {
        finish();
      }
      columns = columns == null ? change.columns() : columns.and(change.columns());
      if (gathered == null) {
        gathered = Files.newBufferedWriter(folder.resolve(ROWS));
      }
      gathered.write(json.writeValueAsString(change.row()));
      gathered.write('\n');
      rows++;
    }
    next = offset + 1;
  }

  /** Makes a file of what is gathered; without rows nothing happens. */
  void finish() throws IOException, SQLException {
    if (gathered == null || columns == null) {
      return;
    }
    gathered.close();
    Path writing = folder.resolve(WRITING);
    try (Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_json("
              + Sql.text(folder.resolve(ROWS).toString())
              + ", format = 'newline_delimited', columns = "
              + columns.toSql()
              + ")) TO "
              + Sql.text(writing.toString())
              + " (FORMAT parquet, COMPRESSION zstd)");
    }
    sync(writing);
    Files.move(
        writing,
        folder.resolve(new ChangelogFile(first, next - 1).name()),
        StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
    Files.delete(folder.resolve(ROWS));
    gathered = null;
    columns = null;
    rows = 0;
    first = next;
  }

  /** What was gathered is left: it will be read from the topic again. */
  @Override
  public void close() throws IOException {
    if (gathered != null) {
      gathered.close();
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static long nextOffset(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> ChangelogFile.parse(file.getFileName().toString()))
          .mapToLong(file -> file == null ? 0 : file.last() + 1)
          .max()
          .orElse(0);
    }
  }
}
