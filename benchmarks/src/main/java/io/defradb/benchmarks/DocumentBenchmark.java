package io.defradb.benchmarks;

import io.defradb.acp.AccessControl;
import io.defradb.acp.Asker;
import io.defradb.crypto.KeyType;
import io.defradb.db.DocumentCursor;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.StoredDocument;
import io.defradb.db.Transaction;
import io.defradb.db.index.DocumentIndexes;
import io.defradb.db.index.IndexKeys;
import io.defradb.db.keys.Columns;
import io.defradb.db.txn.StoreDatabase;
import io.defradb.db.write.BlockMaker;
import io.defradb.db.write.Helpers;
import io.defradb.db.write.StoreWriter.WriteSettings;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.event.EventBus;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.identity.Identity;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionVersion;
import io.defradb.storage.Column;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.rocksdb.RocksDbSettings;
import io.defradb.storage.rocksdb.RocksDbStore;
import io.defradb.storage.sealed.SealedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one document cost in process, on RocksDB with encryption at rest: created in a
 * transaction of its own, updated, read by DocID, scanned?
 *
 * <p>Unit: microseconds a document, one thread. Documents have five fields (text, integer, float,
 * boolean, text), values counted up. Command: {@code java -cp
 * 'benchmarks/target/benchmarks.jar:benchmarks/target/lib/*' org.openjdk.jmh.Main
 * DocumentBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class DocumentBenchmark {
  private static final int SCANNED = 20_000;
  private static final String SDL =
      "type User { name: String age: Int points: Float verified: Boolean city: String }";

  /** Whether commits are signed, as a node does by default. */
  @Param({"true", "false"})
  public boolean isSigned;

  private Path folder;
  private KeyValueStore store;
  private StoreDatabase database;
  private ExecutorService executor;
  private CollectionVersion users;
  private CollectionVersion scanned;
  private final List<DocId> docIds = new ArrayList<>();
  private final JsonWriter json = new JsonWriter();
  private long next;

  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Files.createTempDirectory("benchmark");
    var random = new SecureRandom();
    List<Column> columns = new ArrayList<>(Columns.ALL);
    columns.add(SealedStore.COLUMN);
    store =
        SealedStore.open(
            RocksDbStore.open(folder, columns, RocksDbSettings.DEFAULT),
            Bytes.wrap(new byte[32]),
            random);
    executor = Executors.newFixedThreadPool(1);
    var signer = isSigned ? Identity.generate(KeyType.SECP256K1, random).privateKey() : null;
    var settings =
        new WriteSettings(
            new BlockMaker(
                signer, new Helpers(executor, Runtime.getRuntime().availableProcessors())),
            new DocumentIndexes(new IndexKeys(new byte[32])),
            WriteRandom.of(random),
            AccessControl.OPEN,
            InstantSource.system());
    database = StoreDatabase.open(store, Durability.OS, settings, new EventBus());
    var editor = new CollectionEditor();
    try (Transaction transaction = database.begin(false)) {
      users = editor.add(transaction, SDL).get(0);
      scanned = editor.add(transaction, SDL.replace("User", "Scanned")).get(0);
      transaction.commit();
    }
    for (int i = 0; i < SCANNED; i += 500) {
      try (Transaction transaction = database.begin(false)) {
        for (int j = 0; j < 500; j++) {
          docIds.add(
              transaction
                  .writer(Asker.ANONYMOUS)
                  .create(scanned, values(next++), EncryptionChoice.NONE));
        }
        transaction.commit();
      }
    }
  }

  private static Map<String, Value> values(long n) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("name", new Value.Text("name " + n));
    values.put("age", new Value.Int(n));
    values.put("points", new Value.Float64(n / 4.0));
    values.put("verified", Value.Bool.of(n % 2 == 0));
    values.put("city", new Value.Text("city " + n % 100));
    return values;
  }

  @Benchmark
  public DocId create() {
    try (Transaction transaction = database.begin(false)) {
      DocId docId =
          transaction.writer(Asker.ANONYMOUS).create(users, values(next++), EncryptionChoice.NONE);
      transaction.commit();
      return docId;
    }
  }

  @Benchmark
  public void update() {
    try (Transaction transaction = database.begin(false)) {
      DocId docId = docIds.get((int) (next % SCANNED));
      transaction
          .writer(Asker.ANONYMOUS)
          .update(scanned, docId, Map.of("age", new Value.Int(next++)));
      transaction.commit();
    }
  }

  @Benchmark
  public boolean get() {
    try (Transaction transaction = database.begin(true)) {
      return transaction
          .documents(Asker.ANONYMOUS)
          .get(scanned, docIds.get((int) (next++ % SCANNED)), false)
          .isPresent();
    }
  }

  @Benchmark
  @OperationsPerInvocation(SCANNED)
  public int scan() {
    json.reset();
    json.beginArray();
    try (Transaction transaction = database.begin(true);
        DocumentCursor documents =
            transaction.documents(Asker.ANONYMOUS).scan(scanned, null, false)) {
      for (StoredDocument document = documents.next();
          document != null;
          document = documents.next()) {
        document.writeJson(1, FieldKind.INT, json);
        document.writeJson(2, FieldKind.STRING, json);
        document.writeJson(3, FieldKind.STRING, json);
      }
    }
    return json.length();
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    database.close();
    store.close();
    executor.shutdown();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
