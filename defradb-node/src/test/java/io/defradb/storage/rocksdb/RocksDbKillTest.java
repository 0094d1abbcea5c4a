package io.defradb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.storage.Column;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.Snapshot;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDbKillTest {
  private static final int KILLS = 6;

  @TempDir Path folder;

  @Test
  void afterAKillEverythingAcknowledgedIsThereAndBatchesAreWhole() throws Exception {
    Path directory = folder.resolve("data");
    long seed = 20260;
    var random = new Random(seed);
    Set<Long> acknowledged = new TreeSet<>();
    long first = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  StoreUnderKill.class.getName(),
                  directory.toString(),
                  Long.toString(first))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      readUntilKilled(child, 200 + random.nextInt(5000), acknowledged);
      try (KeyValueStore store =
          RocksDbStore.open(directory, StoreUnderKill.COLUMNS, RocksDbSettings.DEFAULT)) {
        Set<Long> points = numbers(store, StoreUnderKill.POINT);
        assertThat(points).containsAll(acknowledged);
        assertThat(numbers(store, StoreUnderKill.SCAN)).isEqualTo(points);
        first = points.stream().mapToLong(Long::longValue).max().orElse(0) + 1;
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(KILLS * 200);
  }

  /**
   * Kills the child after {@code lines} acknowledgements; what it wrote before that still counts.
   */
  private static void readUntilKilled(Process child, int lines, Set<Long> acknowledged)
      throws Exception {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      int count = 0;
      String line = reader.readLine();
      while (line != null) {
        if (++count == lines) {
          child.toHandle().destroyForcibly(); // Process.destroyForcibly would close the stream
        }
        String following = reader.readLine();
        if (following != null || count < lines) { // a last line may be cut off
          acknowledged.add(Long.parseLong(line));
        }
        line = following;
      }
    }
    child.waitFor();
  }

  private static Set<Long> numbers(KeyValueStore store, Column column) {
    var numbers = new TreeSet<Long>();
    try (Snapshot snapshot = store.snapshot();
        Cursor cursor = snapshot.cursor(column, KeyRange.ALL, false)) {
      while (cursor.next()) {
        numbers.add(ByteBuffer.wrap(cursor.key()).getLong());
      }
    }
    return numbers;
  }
}
