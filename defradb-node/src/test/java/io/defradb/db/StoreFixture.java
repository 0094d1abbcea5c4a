package io.defradb.db;

import io.defradb.acp.AccessControl;
import io.defradb.acp.Asker;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.feed.FeedState;
import io.defradb.db.index.DocumentIndexes;
import io.defradb.db.index.IndexKeys;
import io.defradb.db.txn.StoreDatabase;
import io.defradb.db.write.BlockMaker;
import io.defradb.db.write.Helpers;
import io.defradb.db.write.StoreWriter.WriteSettings;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.event.EventBus;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.schema.CollectionVersion;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.memory.MemoryStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A database in memory with what a test needs to fill it and to look at it. */
public final class StoreFixture implements AutoCloseable {
  private final KeyValueStore store = new MemoryStore();
  private final EventBus events = new EventBus();
  private final FeedState feedState = FeedState.open(store, Durability.OS, "boot", new Random(1));
  private final Database database =
      StoreDatabase.open(
          store,
          Durability.OS,
          new WriteSettings(
              new BlockMaker(null, Helpers.NONE),
              new DocumentIndexes(new IndexKeys(null)),
              WriteRandom.of(new Random(2)),
              AccessControl.OPEN,
              InstantSource.system()),
          events);
  private String sdl = "";
  private long seqAfterSchema;

  public static StoreFixture inMemory() {
    return new StoreFixture();
  }

  public void addSchema(String text) {
    try (Transaction transaction = database.begin(false)) {
      new CollectionEditor().add(transaction, text);
      transaction.commit();
    }
    sdl = text;
    seqAfterSchema = newestSeq();
  }

  public String sdl() {
    return sdl;
  }

  public Database database() {
    return database;
  }

  public KeyValueStore store() {
    return store;
  }

  public EventBus events() {
    return events;
  }

  public FeedState feedState() {
    return feedState;
  }

  public long newestSeq() {
    try (Transaction transaction = database.begin(true)) {
      return transaction.log().newestSeq();
    }
  }

  public long seqAfterSchema() {
    return seqAfterSchema;
  }

  public CollectionVersion collection(String name) {
    try (Transaction transaction = database.begin(true)) {
      return transaction.catalog().activeByName(name).orElseThrow();
    }
  }

  public DocId create(String collection, Map<String, Value> values) {
    try (Transaction transaction = database.begin(false)) {
      DocId docId =
          transaction
              .writer(Asker.ANONYMOUS)
              .create(
                  transaction.catalog().activeByName(collection).orElseThrow(),
                  values,
                  EncryptionChoice.NONE);
      transaction.commit();
      return docId;
    }
  }

  public void update(String collection, DocId docId, Map<String, Value> changes) {
    try (Transaction transaction = database.begin(false)) {
      transaction
          .writer(Asker.ANONYMOUS)
          .update(transaction.catalog().activeByName(collection).orElseThrow(), docId, changes);
      transaction.commit();
    }
  }

  public void delete(String collection, DocId docId) {
    try (Transaction transaction = database.begin(false)) {
      transaction
          .writer(Asker.ANONYMOUS)
          .delete(transaction.catalog().activeByName(collection).orElseThrow(), docId);
      transaction.commit();
    }
  }

  /** Live documents by DocID: set fields as Java values. */
  public List<Map<String, Object>> documents(String collection) {
    var documents = new ArrayList<Map<String, Object>>();
    try (Transaction transaction = database.begin(true)) {
      CollectionVersion version = transaction.catalog().activeByName(collection).orElseThrow();
      try (DocumentCursor cursor =
          transaction.documents(Asker.ANONYMOUS).scan(version, null, false)) {
        for (StoredDocument found = cursor.next(); found != null; found = cursor.next()) {
          documents.add(values(version, found));
        }
      }
    }
    return documents;
  }

  private static Map<String, Object> values(CollectionVersion version, StoredDocument document) {
    var values = new TreeMap<String, Object>();
    for (int i = 0; i < version.fields().size(); i++) {
      if (!version.fields().get(i).isStored()) {
        continue;
      }
      Value value = document.value(i);
      if (value instanceof Value.Text text) {
        values.put(version.fields().get(i).name(), text.value());
      } else if (value instanceof Value.Int number) {
        values.put(version.fields().get(i).name(), number.value());
      } else if (value instanceof Value.Float64 number) {
        values.put(version.fields().get(i).name(), number.value());
      }
    }
    return values;
  }

  @Override
  public void close() {
    database.close();
    store.close();
  }
}
