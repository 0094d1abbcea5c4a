package io.defradb.db.audit;

import io.defradb.acp.AccessControl;
import io.defradb.acp.Asker;
import io.defradb.crypto.KeyType;
import io.defradb.db.Database;
import io.defradb.db.DocumentWriter;
import io.defradb.db.DocumentWriter.EncryptionChoice;
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
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The child of {@link DatabaseKillTest}: several threads change documents of their own until the
 * process is killed, and print what was acknowledged: collection, docID, height.
 */
final class KilledWriter {
  private static final int THREADS = 3;
  private static final Bytes KEY = Bytes.wrap(new byte[32]);
  private static final String SDL =
      "type User { name: String @index age: Int @index(unique: true) points: Int @crdt(type:"
          + " pncounter) } type Event @branchable { text: String count: Int }";

  private KilledWriter() {}

  /** Arguments: directory, seed. */
  public static void main(String[] arguments) {
    KeyValueStore store = openStore(Path.of(arguments[0]));
    Database database = open(store);
    long seed = Long.parseLong(arguments[1]);
    addSchema(database);
    for (int i = 0; i < THREADS; i++) {
      var writer = new KilledWriterThread(database, seed * THREADS + i);
      new Thread(writer::run).start();
    }
  }

  /** A small memory for writes, so that files are written and merged all the time. */
  static KeyValueStore openStore(Path directory) {
    List<Column> columns = new ArrayList<>(Columns.ALL);
    columns.add(SealedStore.COLUMN);
    Path natives = directory.resolveSibling("natives"); // a temporary file would outlive the kill
    var settings = new RocksDbSettings(1 << 20, 1 << 19, 0, natives);
    return SealedStore.open(
        RocksDbStore.open(directory, columns, settings), KEY, new SecureRandom());
  }

  static Database open(KeyValueStore store) {
    Identity identity = Identity.generate(KeyType.ED25519, new Random(1));
    var settings =
        new WriteSettings(
            new BlockMaker(identity.privateKey(), Helpers.NONE),
            new DocumentIndexes(new IndexKeys(KEY.toArray())),
            WriteRandom.of(new SecureRandom()),
            AccessControl.OPEN,
            InstantSource.system());
    return StoreDatabase.open(store, Durability.OS, settings, new EventBus());
  }

  private static void addSchema(Database database) {
    try (Transaction transaction = database.begin(false)) {
      if (transaction.catalog().activeByName("User").isEmpty()) {
        new CollectionEditor().add(transaction, SDL);
        transaction.commit();
      }
    }
  }

  /** One thread's documents. */
  private static final class KilledWriterThread {
    private final Database database;
    private final Random random;
    private final String name;
    private final List<Mine> mine = new ArrayList<>();
    private long next;

    private record Mine(String collection, DocId docId, long height, boolean isDeleted) {}

    private static final int HEIGHT_MAX = 12;

    KilledWriterThread(Database database, long seed) {
      this.database = database;
      this.random = new Random(seed);
      this.name = "w" + seed;
      this.next = seed * 1_000_000;
    }

    void run() {
      while (true) {
        try (Transaction transaction = database.begin(false)) {
          change(transaction);
        } catch (DefraException e) {
          if (e.code() != ErrorCode.TXN_CONFLICT) { // branchable collections are one hot chain
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
          }
        }
      }
    }

    /** One to three changes; a document is changed once in a transaction. */
    private void change(Transaction transaction) {
      DocumentWriter writer = transaction.writer(Asker.ANONYMOUS);
      List<Mine> before = new ArrayList<>();
      List<Mine> after = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        Mine chosen =
            mine.isEmpty() || random.nextInt(3) == 0 ? null : mine.get(random.nextInt(mine.size()));
        if (chosen == null) {
          after.add(create(transaction, writer));
        } else if (!before.contains(chosen)) {
          before.add(chosen);
          after.add(change(transaction, writer, chosen));
        }
      }
      transaction.commit();
      mine.removeAll(before);
      for (Mine changed : after) {
        System.out.println(changed.collection + " " + changed.docId + " " + changed.height);
        if (!changed.isDeleted && changed.height < HEIGHT_MAX) {
          mine.add(changed);
        }
      }
    }

    private Mine create(Transaction transaction, DocumentWriter writer) {
      String collection = random.nextInt(4) == 0 ? "Event" : "User";
      CollectionVersion version = transaction.catalog().activeByName(collection).orElseThrow();
      Map<String, Value> values =
          collection.equals("User")
              ? Map.of("name", text(), "age", new Value.Int(next++), "points", number())
              : Map.of("text", text(), "count", new Value.Int(next++));
      var encryption =
          random.nextInt(5) == 0 ? new EncryptionChoice(true, Set.of()) : EncryptionChoice.NONE;
      return new Mine(collection, writer.create(version, values, encryption), 1, false);
    }

    private Mine change(Transaction transaction, DocumentWriter writer, Mine document) {
      CollectionVersion version =
          transaction.catalog().activeByName(document.collection).orElseThrow();
      long height = document.height + 1;
      if (random.nextInt(10) == 0) {
        writer.delete(version, document.docId);
        return new Mine(document.collection, document.docId, height, true);
      }
      writer.update(version, document.docId, changes(document.collection));
      return new Mine(document.collection, document.docId, height, false);
    }

    private Map<String, Value> changes(String collection) {
      if (collection.equals("Event")) {
        return Map.of("text", text());
      }
      return random.nextBoolean()
          ? Map.of("points", number(), "name", text())
          : Map.of("points", number());
    }

    private Value text() {
      return new Value.Text(name + " " + random.nextInt(50));
    }

    private Value number() {
      return new Value.Int(random.nextInt(100) - 50);
    }
  }
}
