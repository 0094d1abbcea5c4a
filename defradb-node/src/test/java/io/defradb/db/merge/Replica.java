package io.defradb.db.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.acp.AccessControl;
import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.acp.LocalAccessControl;
import io.defradb.crdt.Delta;
import io.defradb.crypto.Signer;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.db.CommitReader;
import io.defradb.db.Database;
import io.defradb.db.DocumentCursor;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.MergeOutcome;
import io.defradb.db.StoredDocument;
import io.defradb.db.Transaction;
import io.defradb.db.index.DocumentIndexes;
import io.defradb.db.index.IndexKeys;
import io.defradb.db.keys.StoredFields;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogImage;
import io.defradb.db.log.LogReader;
import io.defradb.db.log.Origin;
import io.defradb.db.txn.StoreDatabase;
import io.defradb.db.write.BlockMaker;
import io.defradb.db.write.Helpers;
import io.defradb.db.write.StoreWriter.WriteSettings;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.document.DocumentJson;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.event.EventBus;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.memory.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One database in memory that writes, merges, and is looked at. */
public final class Replica {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KeyValueStore store;
  private final EventBus events = new EventBus();
  private final WriteSettings settings;
  private StoreDatabase database;

  public Replica(String sdl, WriteRandom random, @Nullable Signer signer) {
    this(new MemoryStore(), sdl, random, signer, InstantSource.system());
  }

  /** On a store that may hold the collections of {@code sdl} already. */
  public Replica(
      KeyValueStore store,
      String sdl,
      WriteRandom random,
      @Nullable Signer signer,
      InstantSource clock) {
    this(store, sdl, random, signer, clock, null);
  }

  /**
   * A policy that collections may name, and who adds it.
   *
   * @param text in YAML or JSON; its ID follows from it and from the author
   */
  public record Protection(Asker author, String text) {}

  /** The same, with access control where there is a {@code protection}. */
  public Replica(
      KeyValueStore store,
      String sdl,
      WriteRandom random,
      @Nullable Signer signer,
      InstantSource clock,
      @Nullable Protection protection) {
    this.store = store;
    this.settings =
        new WriteSettings(
            new BlockMaker(signer, Helpers.NONE),
            new DocumentIndexes(new IndexKeys(null)),
            random,
            protection == null ? AccessControl.OPEN : new LocalAccessControl(true, clock),
            clock);
    this.database = StoreDatabase.open(store, Durability.OS, settings, events);
    if (!hasCollections()) {
      addSchema(protection == null ? sdl : sdl.replace("POLICY", add(protection)));
    }
  }

  private String add(Protection protection) {
    try (Transaction transaction = database.begin(false)) {
      String id = transaction.access().addPolicy(protection.author(), protection.text());
      transaction.commit();
      return id;
    }
  }

  private boolean hasCollections() {
    try (Transaction transaction = database.begin(true)) {
      return !transaction.catalog().active().isEmpty();
    }
  }

  public Database database() {
    return database;
  }

  /** Of all databases that this one was after restarts. */
  public EventBus events() {
    return events;
  }

  public KeyValueStore store() {
    return store;
  }

  /** What is not stored is gone, as after a kill. */
  public void restart() {
    database = StoreDatabase.open(store, Durability.OS, settings, events);
  }

  public DocId create(String collection, String json, EncryptionChoice encryption) {
    return create(Asker.ANONYMOUS, collection, json, encryption);
  }

  public DocId create(Asker asker, String collection, String json, EncryptionChoice encryption) {
    try (Transaction transaction = database.begin(false)) {
      CollectionVersion version = version(transaction, collection);
      DocId docId = transaction.writer(asker).create(version, parse(version, json), encryption);
      transaction.commit();
      return docId;
    }
  }

  public void update(String collection, DocId docId, String json) {
    update(Asker.ANONYMOUS, collection, docId, json);
  }

  public void update(Asker asker, String collection, DocId docId, String json) {
    try (Transaction transaction = database.begin(false)) {
      CollectionVersion version = version(transaction, collection);
      transaction.writer(asker).update(version, docId, parse(version, json));
      transaction.commit();
    }
  }

  /** Gives an actor a relation to a document. */
  public void relate(Asker asker, String collection, DocumentAccess.Relationship relationship) {
    try (Transaction transaction = database.begin(false)) {
      transaction.access().addRelationship(asker, version(transaction, collection), relationship);
      transaction.commit();
    }
  }

  public void delete(String collection, DocId docId) {
    try (Transaction transaction = database.begin(false)) {
      transaction.writer(Asker.ANONYMOUS).delete(version(transaction, collection), docId);
      transaction.commit();
    }
  }

  public void addSchema(String sdl) {
    try (Transaction transaction = database.begin(false)) {
      new CollectionEditor().add(transaction, sdl);
      transaction.commit();
    }
  }

  static CollectionVersion version(Transaction transaction, String collection) {
    return transaction.catalog().activeByName(collection).orElseThrow();
  }

  private static Map<String, Value> parse(CollectionVersion version, String json) {
    return DocumentJson.parse(
        json,
        name -> {
          int number = StoredFields.number(version, name);
          return number < 0 ? null : kind(version, number);
        });
  }

  private static FieldKind kind(CollectionVersion version, int number) {
    return version.fields().get(number).kind() instanceof SchemaFieldKind.Scalar scalar
        ? scalar.kind()
        : FieldKind.ID;
  }

  public MergeOutcome merge(String collection, Cid cid, Map<Cid, Bytes> fetched) {
    try (Transaction transaction = database.begin(new Origin.Remote("peer"))) {
      MergeOutcome outcome =
          transaction.merger().merge(version(transaction, collection), cid, fetched, 100_000);
      transaction.commit();
      return outcome;
    }
  }

  void keepKey(Bytes encryptionBlock) {
    try (Transaction transaction = database.begin(Origin.LOCAL)) {
      transaction.merger().keepKey(encryptionBlock);
      transaction.commit();
    }
  }

  /** {@code null}: it is not here. */
  public @Nullable Bytes raw(Cid cid) {
    try (Transaction transaction = database.begin(true)) {
      return transaction.commits().raw(cid);
    }
  }

  /** Every block that can be reached from the commit, signatures included. */
  public Map<Cid, Bytes> below(Cid tip) {
    Map<Cid, Bytes> blocks = new HashMap<>();
    Deque<Cid> open = new ArrayDeque<>(List.of(tip));
    try (Transaction transaction = database.begin(true)) {
      while (!open.isEmpty()) {
        Cid cid = open.remove();
        Bytes raw = blocks.containsKey(cid) ? null : transaction.commits().raw(cid);
        if (raw != null) {
          blocks.put(cid, raw);
          if (BlockCodec.isCommit(raw.unsafeArray())) {
            open.addAll(links(BlockCodec.decode(raw.unsafeArray())));
          }
        }
      }
    }
    return blocks;
  }

  private static Set<Cid> links(Block block) {
    Set<Cid> links = new HashSet<>(block.heads());
    block.links().stream().map(DagLink::cid).forEach(links::add);
    if (block.signature() != null) {
      links.add(block.signature());
    }
    return links;
  }

  /** Composite heads of all documents, and heads of the collections' chains, with collection. */
  public Map<Cid, String> tips() {
    Map<Cid, String> tips = new TreeMap<>();
    try (Transaction transaction = database.begin(true)) {
      for (CollectionVersion version : transaction.catalog().active()) {
        try (DocumentCursor documents =
            transaction.documents(Asker.NODE).scan(version, null, true)) {
          for (StoredDocument next = documents.next(); next != null; next = documents.next()) {
            transaction.commits().tip(version, next.docId()).orElseThrow().heads().stream()
                .forEach(head -> tips.put(head, version.name()));
          }
        }
        transaction
            .commits()
            .collectionHeads(version)
            .forEach(head -> tips.put(head, version.name()));
      }
    }
    return tips;
  }

  public String collectionId(String collection) {
    try (Transaction transaction = database.begin(true)) {
      return version(transaction, collection).collectionId();
    }
  }

  /** Every head as the vectors describe it: docID, kind, field, CID, height. */
  public Set<String> heads() {
    Set<String> heads = new TreeSet<>();
    try (Transaction transaction = database.begin(true)) {
      CommitReader commits = transaction.commits();
      commits
          .allHeads()
          .forEachRemaining(
              document -> {
                List<Cid> all = new ArrayList<>(document.composite());
                document.fields().forEach(field -> all.addAll(field.heads()));
                all.forEach(cid -> heads.add(describe(cid, commits.block(cid).orElseThrow())));
              });
      for (CollectionVersion version : transaction.catalog().active()) {
        commits
            .collectionHeads(version)
            .forEach(cid -> heads.add(describe(cid, commits.block(cid).orElseThrow())));
      }
    }
    return heads;
  }

  private static String describe(Cid cid, Block block) {
    Delta delta = block.delta();
    if (delta instanceof Delta.Lww lww) {
      return describe(lww.docId().text(), "lww", lww.fieldName(), cid.toString(), lww.priority());
    }
    if (delta instanceof Delta.Counter counter) {
      return describe(
          counter.docId().text(),
          "counter",
          counter.fieldName(),
          cid.toString(),
          counter.priority());
    }
    return delta instanceof Delta.Composite composite
        ? describe(composite.docId().text(), "composite", "", cid.toString(), delta.priority())
        : describe("", "collection", "", cid.toString(), delta.priority());
  }

  static String describe(String docId, String kind, String field, String cid, long height) {
    return String.join(" ", docId, kind, field, cid, Long.toString(height));
  }

  /** Documents with deleted ones, as the vectors print them, by collection. */
  public Map<String, Set<JsonNode>> state() {
    Map<String, Set<JsonNode>> state = new TreeMap<>();
    try (Transaction transaction = database.begin(true)) {
      for (CollectionVersion version : transaction.catalog().active()) {
        Set<JsonNode> documents = new HashSet<>();
        try (DocumentCursor cursor = transaction.documents(Asker.NODE).scan(version, null, true)) {
          for (StoredDocument next = cursor.next(); next != null; next = cursor.next()) {
            documents.add(json(version, next));
          }
        }
        state.put(version.name(), documents);
      }
    }
    return state;
  }

  private static JsonNode json(CollectionVersion version, StoredDocument document) {
    var json = new JsonWriter();
    json.beginObject().name("_docID").string(document.docId().text());
    json.name("_deleted").bool(document.isDeleted());
    for (int i = 0; i < version.fields().size(); i++) {
      if (StoredFields.isStored(version.fields().get(i))
          && !version.fields().get(i).name().equals("_docID")) {
        json.name(version.fields().get(i).name());
        document.writeJson(i, kind(version, i), json);
      }
    }
    return parsed(json.endObject().toBytes());
  }

  /** Equal texts are equal nodes, of whatever kinds of numbers. */
  static JsonNode parsed(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log after {@code seq}. */
  public List<LogEntry> log(long seq) {
    List<LogEntry> log = new ArrayList<>();
    try (Transaction transaction = database.begin(true);
        LogReader.Entries entries = transaction.log().after(seq)) {
      for (LogEntry entry = entries.next(); entry != null; entry = entries.next()) {
        log.add(entry);
      }
    }
    return log;
  }

  LogImage image(long seq) {
    try (Transaction transaction = database.begin(true)) {
      return transaction.log().image(seq).orElseThrow();
    }
  }
}
