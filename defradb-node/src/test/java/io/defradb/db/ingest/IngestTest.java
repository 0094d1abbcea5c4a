package io.defradb.db.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.acp.Asker;
import io.defradb.dag.Block;
import io.defradb.dag.DagLink;
import io.defradb.db.CommitReader;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.StoreFixture;
import io.defradb.db.Transaction;
import io.defradb.db.ingest.IngestOperation.ByDocId;
import io.defradb.db.ingest.IngestOperation.ByKey;
import io.defradb.db.ingest.IngestOperation.Kind;
import io.defradb.db.ingest.IngestResult.Outcome;
import io.defradb.db.ingest.IngestResult.Status;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of a source, applied once, on a real store. */
class IngestTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final SourcePartition ORDERS =
      new SourcePartition("orders", "cluster1", "topic", "topicId1", 0);

  private StoreFixture node;
  private Ingest ingest;

  @BeforeEach
  void open() {
    node = StoreFixture.inMemory();
    node.addSchema(
        """
        type User {
          id: String
          name: String
          age: Int
          visits: Int @crdt(type: pcounter)
          points: Float @crdt(type: pncounter)
          status: String @default(string: "new")
          generation: Int
        }
        type Once {
          id: String
          name: String
        }
        type Mail {
          address: String @index(unique: true)
          name: String
        }
        """);
    ingest = newIngest(node);
  }

  @Test
  void givenABatchForAnotherFeed_whenApplied_thenItIsRefusedWithBothAndChangesNothing() {
    assertThatThrownBy(() -> ingest.apply(forFeed("another"), Asker.ANONYMOUS))
        .isInstanceOfSatisfying(
            DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FEED_GONE))
        .hasMessageContaining("another")
        .hasMessageContaining(ingest.feedId());
    assertThat(ingest.positions("orders")).isEmpty();
    ingest.apply(forFeed(ingest.feedId()), Asker.ANONYMOUS);
    assertThat(ingest.positions("orders")).hasSize(1);
  }

  private static IngestBatch forFeed(String feedId) {
    return new IngestBatch(ORDERS, false, List.of(), OptionalLong.of(7), "", feedId);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static Ingest newIngest(StoreFixture on) {
    return new Ingest(on.database(), () -> "feed1", () -> NOW);
  }

  private static @Nullable Bytes json(@Nullable String text) {
    return text == null ? null : Bytes.utf8(text);
  }

  private static IngestOperation operation(
      Kind kind,
      String collection,
      long offset,
      String key,
      @Nullable String document,
      @Nullable String increments) {
    return new IngestOperation(
        kind,
        collection,
        offset,
        new ByKey(Bytes.utf8(key), false),
        json(document),
        json(increments));
  }

  private static IngestOperation upsert(long offset, String id, String document) {
    return operation(Kind.UPSERT, "User", offset, "{\"id\":\"" + id + "\"}", document, null);
  }

  private static IngestOperation delete(long offset, String collection, String id) {
    return operation(Kind.DELETE, collection, offset, "{\"id\":\"" + id + "\"}", null, null);
  }

  private IngestResult apply(IngestOperation... operations) {
    return apply(ingest, List.of(operations));
  }

  private static IngestResult apply(Ingest to, List<IngestOperation> operations) {
    return to.apply(
        new IngestBatch(ORDERS, false, operations, OptionalLong.empty()), Asker.ANONYMOUS);
  }

  private List<Status> statuses(IngestOperation... operations) {
    return apply(operations).outcomes().stream().map(Outcome::status).toList();
  }

  private static String derived(StoreFixture node, String collection, Map<String, Value> key) {
    return DocIds.derive(
            key,
            name -> name.equals("generation") ? FieldKind.INT : FieldKind.STRING,
            node.collection(collection).collectionId())
        .text();
  }

  @Test
  void anUpsertCreatesThenUpdatesThenFindsNothingToDo() {
    assertThat(
            statuses(
                upsert(1, "u1", "{\"name\":\"Bob\",\"age\":31}"),
                upsert(2, "u1", "{\"name\":\"Bob\",\"age\":32}"),
                upsert(3, "u1", "{\"id\":\"u1\",\"name\":\"Bob\",\"age\":32}"),
                upsert(4, "u1", "{}")))
        .containsExactly(Status.CREATED, Status.UPDATED, Status.UNCHANGED, Status.UNCHANGED);
    assertThat(node.documents("User"))
        .singleElement()
        .satisfies(
            user ->
                assertThat(user)
                    .containsEntry("id", "u1")
                    .containsEntry("name", "Bob")
                    .containsEntry("age", 32L)
                    .containsEntry("status", "new"));
  }

  @Test
  void theDocIdIsAFunctionOfCollectionAndKey() {
    IngestResult result = apply(upsert(1, "u1", "{\"name\":\"Bob\",\"status\":\"old\"}"));
    assertThat(result.outcomes().get(0).docId().text())
        .isEqualTo(derived(node, "User", Map.of("id", new Value.Text("u1"))));
    assertThat(node.documents("User").get(0)).containsEntry("status", "old");
  }

  @Test
  void offsetsThatWereAppliedAreDuplicates() {
    apply(upsert(1, "u1", "{}"), upsert(2, "u2", "{}"));
    IngestResult result = apply(upsert(2, "u2", "{\"age\":1}"), upsert(3, "u3", "{}"));
    assertThat(result.outcomes().stream().map(Outcome::status))
        .containsExactly(Status.DUPLICATE, Status.CREATED);
    assertThat(result.offset()).isEqualTo(3);
    assertThat(node.documents("User"))
        .hasSize(3)
        .allSatisfy(u -> assertThat(u).doesNotContainKey("age"));
  }

  @Test
  void anEmptyBatchMovesThePositionAndNeverBack() {
    assertThat(move(10).offset()).isEqualTo(10);
    assertThat(move(5).offset()).isEqualTo(10);
    assertThat(statuses(upsert(10, "u1", "{}"))).containsExactly(Status.DUPLICATE);
    assertThat(ingest.positions("orders")).containsExactly(new StoredPosition(ORDERS, 10, "", NOW));
    assertThat(ingest.positions("other")).isEmpty();
    assertThat(ingest.positions(null)).hasSize(1);
  }

  private IngestResult move(long upTo) {
    return ingest.apply(
        new IngestBatch(ORDERS, false, List.of(), OptionalLong.of(upTo)), Asker.ANONYMOUS);
  }

  @Test
  void aKeyWhoseDocumentWasDeletedLivesAgain() {
    assertThat(
            statuses(
                upsert(1, "u1", "{\"age\":1}"),
                delete(2, "User", "u1"),
                delete(3, "User", "u1"),
                upsert(4, "u1", "{\"age\":2}")))
        .containsExactly(Status.CREATED, Status.DELETED, Status.ABSENT, Status.CREATED);
    IngestResult again = apply(delete(5, "User", "u1"), upsert(6, "u1", "{\"age\":3}"));
    assertThat(again.outcomes().get(1).docId().text())
        .isEqualTo(
            derived(
                node, "User", Map.of("id", new Value.Text("u1"), "generation", new Value.Int(2))));
    assertThat(node.documents("User"))
        .singleElement()
        .satisfies(u -> assertThat(u).containsEntry("age", 3L).containsEntry("generation", 2L));
    assertThat(statuses(upsert(7, "u1", "{\"age\":3,\"generation\":0}")))
        .containsExactly(Status.UNCHANGED);
  }

  @Test
  void aLifeThatAnOrdinaryWriteMadeIsKnown() {
    Map<String, Value> third =
        Map.of("id", new Value.Text("u1"), "generation", new Value.Int(3), "status", Value.NULL);
    DocId docId = node.create("User", third);
    assertThat(statuses(upsert(1, "u1", "{\"age\":1}"))).containsExactly(Status.UPDATED);
    node.delete("User", docId);
    assertThat(statuses(upsert(2, "u1", "{\"age\":2}"))).containsExactly(Status.CREATED);
    assertThat(node.documents("User"))
        .singleElement()
        .satisfies(u -> assertThat(u).containsEntry("age", 2L).containsEntry("generation", 4L));
  }

  @Test
  void everyBlockOfAnEncryptedDocumentIsEncrypted() {
    EncryptionChoice whole = new EncryptionChoice(true, Set.of());
    IngestResult result =
        apply(
            encrypted(1, "u1", "{\"name\":\"Bob\"}", "{\"visits\":2}", whole),
            encrypted(2, "u1", "{\"age\":5}", "{\"visits\":1,\"points\":0.5}", whole));
    DocId docId = Objects.requireNonNull(result.outcomes().get(0).docId());
    assertThat(docId.text()).isEqualTo(derived(node, "User", Map.of("id", new Value.Text("u1"))));
    assertThat(node.documents("User"))
        .singleElement()
        .satisfies(
            u ->
                assertThat(u)
                    .containsEntry("name", "Bob")
                    .containsEntry("age", 5L)
                    .containsEntry("visits", 3L)
                    .containsEntry("status", "new"));
    assertThat(clearBlocks(docId)).isEmpty();
  }

  @Test
  void onlyTheFieldsNamedAreEncrypted() {
    EncryptionChoice name = new EncryptionChoice(false, Set.of("name"));
    IngestResult result = apply(encrypted(1, "u1", "{\"name\":\"Bob\",\"age\":5}", null, name));
    DocId docId = Objects.requireNonNull(result.outcomes().get(0).docId());
    assertThat(clearBlocks(docId)).contains("id", "age").doesNotContain("name");
  }

  private static IngestOperation encrypted(
      long offset,
      String id,
      String document,
      @Nullable String increments,
      EncryptionChoice encryption) {
    return new IngestOperation(
        Kind.UPSERT,
        "User",
        offset,
        new ByKey(Bytes.utf8("{\"id\":\"" + id + "\"}"), false),
        json(document),
        json(increments),
        encryption);
  }

  /** Fields, or {@code composite}, whose blocks since the first are not all encrypted. */
  private Set<String> clearBlocks(DocId docId) {
    Set<String> clear = new TreeSet<>();
    try (Transaction transaction = node.database().begin(true)) {
      CommitReader commits = transaction.commits();
      Deque<Cid> open = new ArrayDeque<>(commits.heads(docId).orElseThrow().composite());
      while (!open.isEmpty()) {
        Block composite = commits.block(open.remove()).orElseThrow();
        if (composite.encryption() == null) {
          clear.add("composite");
        }
        for (DagLink link : composite.links()) {
          if (commits.block(link.cid()).orElseThrow().encryption() == null) {
            clear.add(link.name());
          }
        }
        open.addAll(composite.heads());
      }
    }
    return clear;
  }

  @Test
  void withoutGenerationsADeletedKeyIsRefused() {
    apply(
        operation(Kind.CREATE, "Once", 1, "{\"id\":\"o1\"}", null, null), delete(2, "Once", "o1"));
    assertFails(
        ErrorCode.KEY_DELETED, 0, operation(Kind.UPSERT, "Once", 3, "{\"id\":\"o1\"}", "{}", null));
    assertThat(statuses(delete(3, "Once", "o1"))).containsExactly(Status.ABSENT);
  }

  @Test
  void aPoisonOperationIsNamedAndNothingIsApplied() {
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        1,
        upsert(1, "u1", "{}"),
        operation(Kind.UPSERT, "User", 2, "{}", "{}", null));
    assertThat(node.documents("User")).isEmpty();
    assertThat(ingest.positions(null)).isEmpty();
    assertThat(node.newestSeq()).isEqualTo(node.seqAfterSchema());
  }

  private void assertFails(ErrorCode code, int index, IngestOperation... operations) {
    assertThatThrownBy(() -> apply(operations))
        .isInstanceOfSatisfying(
            IngestFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.operation()).isEqualTo(index);
              assertThat(failure.offset()).isEqualTo(operations[index].offset());
            });
  }

  @Test
  void whatAnOperationCannotDoIsRefused() {
    String key = "{\"id\":\"u1\"}";
    assertFails(
        ErrorCode.COLLECTION_NOT_FOUND, 0, operation(Kind.UPSERT, "No", 1, key, "{}", null));
    assertFails(
        ErrorCode.DOCUMENT_NOT_FOUND, 0, operation(Kind.UPDATE, "User", 1, key, "{}", null));
    assertFails(ErrorCode.INVALID_VALUE, 0, upsert(1, "u1", "{\"visits\":3}"));
    assertFails(ErrorCode.INVALID_ARGUMENT, 0, upsert(1, "u1", "{\"id\":\"u2\"}"));
    assertFails(
        ErrorCode.INVALID_VALUE, 0, operation(Kind.INCREMENT, "User", 1, key, null, "{\"age\":1}"));
    assertFails(
        ErrorCode.INVALID_ARGUMENT, 0, operation(Kind.INCREMENT, "User", 1, key, "{}", null));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        0,
        operation(Kind.UPSERT, "User", 1, "{\"id\":null}", "{}", null));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        0,
        operation(Kind.UPSERT, "User", 1, "{\"points\":1.5}", "{}", null));
    apply(upsert(1, "u1", "{}"));
    assertFails(ErrorCode.DOCUMENT_EXISTS, 0, operation(Kind.CREATE, "User", 2, key, "{}", null));
  }

  @Test
  void documentsThatAreThereAreNamedByDocIdToo() {
    var target = new ByDocId(apply(upsert(1, "u1", "{}")).outcomes().get(0).docId().text());
    assertThat(
            statuses(
                new IngestOperation(Kind.UPDATE, "User", 2, target, json("{\"age\":5}"), null),
                new IngestOperation(
                    Kind.INCREMENT, "User", 3, target, null, json("{\"visits\":2}")),
                new IngestOperation(Kind.DELETE, "User", 4, target, null, null),
                new IngestOperation(Kind.DELETE, "User", 5, target, null, null)))
        .containsExactly(Status.UPDATED, Status.UPDATED, Status.DELETED, Status.ABSENT);
    assertFails(
        ErrorCode.DOCUMENT_NOT_FOUND,
        0,
        new IngestOperation(Kind.UPDATE, "User", 6, target, json("{\"age\":5}"), null));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        0,
        new IngestOperation(Kind.UPSERT, "User", 6, target, json("{\"age\":5}"), null));
  }

  @Test
  void aDocumentThatWasNotMadeKeyFirstIsFoundByItsUniqueIndex() {
    node.create("Mail", Map.of("address", new Value.Text("a@b"), "name", new Value.Text("A")));
    var target = new ByKey(Bytes.utf8("{\"address\":\"a@b\"}"), true);
    assertThat(
            statuses(
                new IngestOperation(
                    Kind.UPSERT, "Mail", 1, target, json("{\"name\":\"B\"}"), null)))
        .containsExactly(Status.UPDATED);
    assertThat(node.documents("Mail"))
        .singleElement()
        .satisfies(mail -> assertThat(mail).containsEntry("name", "B"));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        0,
        new IngestOperation(
            Kind.UPSERT, "User", 2, new ByKey(Bytes.utf8("{\"id\":\"u1\"}"), true), null, null));
  }

  @Test
  void aRelationByKeyLeadsToADocumentThatComesLater() {
    node.addSchema(
        """
        type Customer { id: String  orders: [Purchase] }
        type Purchase { id: String  customer: Customer }
        """);
    ingest.apply(
        new IngestBatch(
            ORDERS,
            false,
            List.of(
                new IngestOperation(
                    Kind.UPSERT,
                    "Purchase",
                    1,
                    new ByKey(Bytes.utf8("{\"id\":\"p1\"}"), false),
                    null,
                    null,
                    Map.of("customer", Bytes.utf8("{\"id\":\"c1\"}")),
                    EncryptionChoice.NONE)),
            OptionalLong.empty()),
        Asker.ANONYMOUS);
    DocId customer =
        ingest
            .apply(
                new IngestBatch(
                    ORDERS,
                    false,
                    List.of(
                        new IngestOperation(
                            Kind.UPSERT,
                            "Customer",
                            2,
                            new ByKey(Bytes.utf8("{\"id\":\"c1\"}"), false),
                            null,
                            null)),
                    OptionalLong.empty()),
                Asker.ANONYMOUS)
            .outcomes()
            .get(0)
            .docId();
    assertThat(node.documents("Purchase").get(0))
        .containsEntry("customer_id", Objects.requireNonNull(customer).text());
  }

  @Test
  void theDigestStaysWithThePositionItCameWith() {
    digest(5, "1000 ab");
    assertThat(ingest.positions(null))
        .containsExactly(new StoredPosition(ORDERS, 5, "1000 ab", NOW));
    digest(3, "900 cd");
    assertThat(ingest.positions(null))
        .containsExactly(new StoredPosition(ORDERS, 5, "1000 ab", NOW));
    digest(6, "");
    assertThat(ingest.positions(null)).containsExactly(new StoredPosition(ORDERS, 6, "", NOW));
    assertThatThrownBy(() -> digest(7, "x".repeat(257))).isInstanceOf(DefraException.class);
  }

  private void digest(long upTo, String digest) {
    ingest.apply(
        new IngestBatch(ORDERS, false, List.of(), OptionalLong.of(upTo), digest), Asker.ANONYMOUS);
  }

  @Test
  void aForgottenPositionLetsRecordsBeAppliedAgain() {
    apply(upsert(50, "u1", "{}"));
    assertThat(ingest.forget("orders", "topic", 1)).isFalse();
    assertThat(ingest.forget("orders", "topic", 0)).isTrue();
    assertThat(ingest.positions(null)).isEmpty();
    assertThat(batch(ORDERS, false, upsert(1, "u2", "{}")).outcomes().get(0).status())
        .isEqualTo(Status.CREATED);
  }

  @Test
  void anotherClusterOrTopicOfTheSameNameIsRefusedUnlessAdopted() {
    apply(upsert(50, "u1", "{}"));
    var other = new SourcePartition("orders", "cluster1", "topic", "topicId2", 0);
    assertThatThrownBy(() -> batch(other, false, upsert(1, "u2", "{}")))
        .isInstanceOfSatisfying(
            PositionMismatch.class,
            mismatch -> {
              assertThat(mismatch.stored()).isEqualTo(ORDERS);
              assertThat(mismatch.given()).isEqualTo(other);
            });
    assertThat(batch(other, true, upsert(1, "u2", "{}")).outcomes().get(0).status())
        .isEqualTo(Status.CREATED);
    assertThat(ingest.positions(null)).containsExactly(new StoredPosition(other, 1, "", NOW));
    var unknown = new SourcePartition("orders", "", "topic", "", 0);
    assertThat(batch(unknown, false, upsert(1, "u2", "{}")).outcomes().get(0).status())
        .isEqualTo(Status.DUPLICATE);
    batch(unknown, false, upsert(2, "u3", "{}"));
    assertThat(ingest.positions(null)).containsExactly(new StoredPosition(other, 2, "", NOW));
  }

  private IngestResult batch(
      SourcePartition partition, boolean isAdopting, IngestOperation operation) {
    return ingest.apply(
        new IngestBatch(partition, isAdopting, List.of(operation), OptionalLong.empty()),
        Asker.ANONYMOUS);
  }

  @Test
  void partitionsHavePositionsOfTheirOwn() {
    apply(upsert(50, "u1", "{}"));
    var second = new SourcePartition("orders", "cluster1", "topic", "topicId1", 1);
    assertThat(batch(second, false, upsert(0, "u2", "{}")).outcomes().get(0).status())
        .isEqualTo(Status.CREATED);
    assertThat(ingest.positions("orders")).hasSize(2);
  }

  @Test
  void aBatchThatContradictsItselfIsRefused() {
    assertThatThrownBy(() -> apply(upsert(2, "u1", "{}"), upsert(1, "u2", "{}")))
        .isInstanceOfSatisfying(
            DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    assertThatThrownBy(
            () ->
                ingest.apply(
                    new IngestBatch(
                        ORDERS, false, List.of(upsert(2, "u1", "{}")), OptionalLong.of(1)),
                    Asker.ANONYMOUS))
        .isInstanceOf(DefraException.class);
  }

  /** However often a sender crashes and however far it goes back, the documents are the same. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void replaysOfAnyRangeGiveTheSameDocumentsCountersIncluded(long seed) {
    var random = new Random(seed);
    List<IngestOperation> records = records(random);
    int at = 0;
    while (at < records.size()) {
      int from = random.nextInt(at + 1);
      int to = Math.min(records.size(), at + 1 + random.nextInt(12));
      apply(ingest, records.subList(from, to));
      at = to;
    }
    try (StoreFixture straight = StoreFixture.inMemory()) {
      straight.addSchema(node.sdl());
      apply(newIngest(straight), records);
      assertThat(node.documents("User"))
          .isNotEmpty()
          .containsExactlyElementsOf(straight.documents("User"));
    }
  }

  private static List<IngestOperation> records(Random random) {
    var records = new ArrayList<IngestOperation>();
    for (int offset = 0; offset < 120; offset++) {
      String key = "{\"id\":\"u" + random.nextInt(8) + "\"}";
      records.add(
          switch (random.nextInt(5)) {
            case 0 -> operation(Kind.DELETE, "User", offset, key, null, null);
            case 1, 2 ->
                operation(
                    Kind.INCREMENT,
                    "User",
                    offset,
                    key,
                    null,
                    "{\"visits\":" + random.nextInt(5) + ",\"points\":-1.5}");
            default ->
                operation(
                    Kind.UPSERT,
                    "User",
                    offset,
                    key,
                    "{\"age\":" + random.nextInt(3) + "}",
                    "{\"visits\":1}");
          });
    }
    return records;
  }
}
