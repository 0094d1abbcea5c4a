package io.defradb.db.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.schema.CollectionVersion;
import io.defradb.storage.KeyValueStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More rounds: {@code -Dkill.rounds=200}. Another run: {@code -Dkill.seed=1}. */
class DatabaseKillTest {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 7);
  private static final long SEED = Long.getLong("kill.seed", 20261);

  @TempDir Path folder;

  private record Acknowledged(String collection, long height) {}

  @Test
  void afterAKillNothingAcknowledgedIsLostAndEverythingAgrees() throws Exception {
    Path directory = folder.resolve("data");
    var random = new Random(SEED);
    Map<DocId, Acknowledged> acknowledged = new HashMap<>();
    long entries = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  KilledWriter.class.getName(),
                  directory.toString(),
                  Long.toString(SEED + round))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      readUntilKilled(child, 50 + random.nextInt(1500), acknowledged);
      try (KeyValueStore store = KilledWriter.openStore(directory);
          Database database = KilledWriter.open(store)) {
        StoreAudit.Findings findings = StoreAudit.run(store, database);
        assertThat(findings.entries()).as("seed %d, round %d", SEED, round).isGreaterThan(entries);
        entries = findings.entries();
        requireAll(acknowledged, database);
      }
    }
  }

  private static void requireAll(Map<DocId, Acknowledged> acknowledged, Database database) {
    try (Transaction transaction = database.begin(true)) {
      acknowledged.forEach(
          (docId, last) -> {
            CollectionVersion version =
                transaction.catalog().activeByName(last.collection).orElseThrow();
            assertThat(transaction.commits().tip(version, docId).orElseThrow().height())
                .as("commits of %s", docId)
                .isGreaterThanOrEqualTo(last.height);
          });
    }
  }

  /** What the child printed before it was killed counts, its last line only if it is whole. */
  private static void readUntilKilled(
      Process child, int lines, Map<DocId, Acknowledged> acknowledged) throws Exception {
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
        if (following != null || count < lines) {
          String[] parts = line.split(" ");
          acknowledged.put(
              new DocId(parts[1]), new Acknowledged(parts[0], Long.parseLong(parts[2])));
        }
        line = following;
      }
      assertThat(count).as("lines before the child ended").isGreaterThanOrEqualTo(lines);
    }
    child.waitFor();
  }
}
