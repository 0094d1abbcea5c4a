package io.defradb.db.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.acp.Asker;
import io.defradb.db.StoreFixture;
import io.defradb.db.Transaction;
import io.defradb.db.feed.FeedQuery.Part;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogReader;
import io.defradb.db.log.Origin;
import io.defradb.document.DocId;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Cid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed of real commits: what a connector relies on. */
class FeedOnStoreTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StoreFixture node;
  private Feed feed;

  @BeforeEach
  void open() {
    node = StoreFixture.inMemory();
    node.addSchema("type User { name: String  age: Int }  type Post { title: String }");
    feed = new Feed(node.database(), node.feedState(), node.events(), InstantSource.system());
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** Collects entries as parsed JSON. */
  private static final class Collected implements FeedSink {
    final List<JsonNode> entries = new ArrayList<>();
    private final int room;

    Collected(int room) {
      this.room = room;
    }

    @Override
    public void accept(long seq, JsonWriter json) {
      try {
        entries.add(JSON.readTree(json.toBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean isFull() {
      return entries.size() >= room;
    }
  }

  private List<JsonNode> read(long since) {
    var query =
        new FeedQuery(
            Set.of(),
            Set.of(),
            Shard.ALL,
            Set.of(LogEntry.Kind.DOCUMENT),
            Set.of(),
            EnumSet.allOf(Part.class),
            false);
    FeedReader reader = feed.open(null, new Feed.Start.After(since), query, Asker.ANONYMOUS);
    var collected = new Collected(Integer.MAX_VALUE);
    while (reader.read(collected, Long.MAX_VALUE) != FeedReader.Stop.END) {
      collected.isFull();
    }
    return collected.entries;
  }

  private static Map<String, Value> user(String name, long age) {
    return Map.of("name", new Value.Text(name), "age", new Value.Int(age));
  }

  @Test
  void theLifeOfADocumentAsItsReaderSeesIt() {
    DocId bob = node.create("User", user("Bob", 31));
    node.update("User", bob, Map.of("age", new Value.Int(32)));
    node.delete("User", bob);

    List<JsonNode> entries = read(0);
    assertThat(entries).hasSize(3);
    JsonNode create = entries.get(0);
    assertThat(create.get("op").asText()).isEqualTo("create");
    assertThat(create.get("docID").asText()).isEqualTo(bob.text());
    assertThat(create.get("collection").asText()).isEqualTo("User");
    assertThat(create.get("height").asLong()).isEqualTo(1);
    assertThat(create.get("heads")).isEmpty();
    assertThat(create.get("before").isNull()).isTrue();
    assertThat(create.get("after").toString()).isEqualTo("{\"age\":31,\"name\":\"Bob\"}");
    assertThat(create.get("fields").toString()).isEqualTo("[\"age\",\"name\"]");
    assertThat(create.get("origin").toString()).isEqualTo("{\"kind\":\"local\"}");

    JsonNode update = entries.get(1);
    assertThat(update.get("op").asText()).isEqualTo("update");
    assertThat(update.get("heads").get(0).asText()).isEqualTo(create.get("cid").asText());
    assertThat(update.get("before").toString()).isEqualTo("{\"age\":31,\"name\":\"Bob\"}");
    assertThat(update.get("after").toString()).isEqualTo("{\"age\":32,\"name\":\"Bob\"}");
    assertThat(update.get("delta").toString()).isEqualTo("{\"age\":\"GCA=\"}");
    assertThat(update.get("fields").toString()).isEqualTo("[\"age\"]");

    JsonNode delete = entries.get(2);
    assertThat(delete.get("op").asText()).isEqualTo("delete");
    assertThat(delete.get("before").toString()).isEqualTo("{\"age\":32,\"name\":\"Bob\"}");
    assertThat(delete.get("after").isNull()).isTrue();
  }

  @Test
  void blocksAreTheBytesThatTheirCidsNames() {
    node.create("User", user("Bob", 31));
    JsonNode entry = read(0).get(0);
    assertBlock(entry.get("cid").asText(), entry.get("block").asText());
    assertThat(entry.get("fieldBlocks")).hasSize(2);
    for (JsonNode field : entry.get("fieldBlocks")) {
      assertBlock(field.get("cid").asText(), field.get("block").asText());
    }
  }

  private static void assertBlock(String cid, String base64) {
    assertThat(Cid.of(Cid.DAG_CBOR, Base64.getDecoder().decode(base64))).hasToString(cid);
  }

  @Test
  void transactionsAreNumberedTogether() {
    try (Transaction transaction = node.database().begin(new Origin.Ingest("orders"))) {
      for (int i = 0; i < 3; i++) {
        transaction
            .writer(Asker.ANONYMOUS)
            .create(
                node.collection("User"),
                user("n" + i, i),
                io.defradb.db.DocumentWriter.EncryptionChoice.NONE);
      }
      transaction.commit();
    }
    List<JsonNode> entries = read(0);
    assertThat(entries).hasSize(3);
    for (int i = 0; i < 3; i++) {
      JsonNode txn = entries.get(i).get("txn");
      assertThat(txn.get("index").asInt()).isEqualTo(i);
      assertThat(entries.get(i).get("seq").asLong() - i).isEqualTo(txn.get("id").asLong());
      assertThat(entries.get(i).get("origin").toString())
          .isEqualTo("{\"kind\":\"ingest\",\"sink\":\"orders\"}");
    }
  }

  @Test
  void numbersHaveNoGapsUnderConcurrentWriters() {
    CompletableFuture<?>[] writers = new CompletableFuture<?>[4];
    for (int w = 0; w < writers.length; w++) {
      int writer = w;
      writers[w] =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 50; i++) {
                  node.create("User", user("w" + writer + "i" + i, i));
                }
              });
    }
    CompletableFuture.allOf(writers).join();
    assertThat(read(0)).hasSize(200);
    try (Transaction transaction = node.database().begin(true);
        LogReader.Entries entries = transaction.log().after(0)) {
      long expected = 1;
      int left = 0;
      for (LogEntry entry = entries.next(); entry != null; entry = entries.next()) {
        assertThat(entry.seq()).isEqualTo(expected++);
        left = left == 0 ? entry.txnSize() : left;
        assertThat(entry.txnIndex()).isEqualTo(entry.txnSize() - left);
        left--;
      }
      assertThat(left).isZero();
    }
  }

  /** A snapshot, cut off and resumed while others write, and the feed from it: the documents. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aSnapshotAndTheFeedFromItAreTheDocuments(long seed) {
    var random = new Random(seed);
    List<DocId> ids = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      ids.add(node.create("User", user("n" + seed + "-" + i, i)));
    }
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(() -> change(ids, new Random(seed + 100)));

    var copy = new TreeMap<String, JsonNode>();
    var partSeqs = new TreeMap<String, Long>();
    long firstSeq = -1;
    SnapshotQuery.After after = null;
    boolean hasMore = true;
    while (hasMore) {
      var part = new Collected(1 + random.nextInt(30));
      try (SnapshotReader reader =
          feed.snapshot(new SnapshotQuery(List.of("User"), Shard.ALL, after), Asker.ANONYMOUS)) {
        firstSeq = firstSeq < 0 ? reader.seq() : firstSeq;
        hasMore = reader.read(part, Long.MAX_VALUE);
        for (JsonNode line : part.entries) {
          String docId = line.get("docID").asText();
          assertThat(line.get("seq").asLong()).isBetween(1L, reader.seq());
          copy.put(docId, line.get("document"));
          partSeqs.put(docId, reader.seq());
          after = new SnapshotQuery.After(line.get("collectionID").asText(), docId);
        }
      }
    }
    writing.join();
    for (JsonNode entry : read(firstSeq)) {
      String docId = entry.get("docID").asText();
      if (entry.get("seq").asLong() <= partSeqs.getOrDefault(docId, 0L)) {
        continue;
      }
      if (entry.get("after").isNull()) {
        copy.remove(docId);
      } else {
        copy.put(docId, entry.get("after"));
      }
    }
    assertThat(copy.values().stream().map(JsonNode::toString).sorted())
        .containsExactlyElementsOf(
            node.documents("User").stream()
                .map(document -> JSON.valueToTree(new TreeMap<>(document)).toString())
                .sorted()
                .toList());
  }

  private void change(List<DocId> ids, Random random) {
    for (int i = 0; i < 150; i++) {
      DocId docId = ids.get(random.nextInt(ids.size()));
      try {
        if (random.nextInt(10) == 0) {
          node.delete("User", docId);
        } else {
          node.update("User", docId, Map.of("age", new Value.Int(random.nextInt(1000))));
        }
      } catch (DefraException e) {
        assertThat(e.code()).isIn(ErrorCode.DOCUMENT_NOT_FOUND, ErrorCode.DOCUMENT_DELETED);
      }
    }
  }
}
