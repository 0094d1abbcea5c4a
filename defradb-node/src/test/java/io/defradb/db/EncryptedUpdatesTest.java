package io.defradb.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.acp.Asker;
import io.defradb.dag.Block;
import io.defradb.db.CommitReader.DocumentHeads;
import io.defradb.db.CommitReader.FieldHeads;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An encrypted field stays encrypted, however its updates are spread over transactions. */
class EncryptedUpdatesTest {
  private static final EncryptionChoice WHOLE = new EncryptionChoice(true, Set.of());

  private StoreFixture node;
  private CollectionVersion users;

  @BeforeEach
  void open() {
    node = StoreFixture.inMemory();
    node.addSchema("type User { age: Int }");
    users = node.collection("User");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void transact(BiConsumer<Transaction, DocumentWriter> work) {
    try (Transaction transaction = node.database().begin(false)) {
      work.accept(transaction, transaction.writer(Asker.ANONYMOUS));
      transaction.commit();
    }
  }

  private static Map<String, Value> age(long age) {
    return Map.of("age", new Value.Int(age));
  }

  private void assertHeadsAreEncrypted(DocId docId) {
    try (Transaction transaction = node.database().begin(true)) {
      DocumentHeads heads = transaction.commits().heads(docId).orElseThrow();
      heads.composite().forEach(cid -> assertEncrypted(transaction, cid));
      for (FieldHeads field : heads.fields()) {
        field.heads().forEach(cid -> assertEncrypted(transaction, cid));
      }
    }
  }

  private static void assertEncrypted(Transaction transaction, Cid cid) {
    Block block = transaction.commits().block(cid).orElseThrow();
    assertThat(block.encryption()).as("encryption of %s", block).isNotNull();
  }

  @Test
  void createdAndUpdatedInOneTransactionByTwoWriters() {
    DocId[] docId = new DocId[1];
    transact(
        (transaction, writer) -> {
          docId[0] = writer.create(users, age(0), WHOLE);
          transaction.writer(Asker.ANONYMOUS).update(users, docId[0], age(1));
          transaction.writer(Asker.ANONYMOUS).update(users, docId[0], age(2));
        });
    assertHeadsAreEncrypted(docId[0]);
  }

  @Test
  void updatedTwiceInALaterTransaction() {
    DocId[] docId = new DocId[1];
    transact((transaction, writer) -> docId[0] = writer.create(users, age(0), WHOLE));
    transact(
        (transaction, writer) -> {
          writer.update(users, docId[0], age(1));
          writer.update(users, docId[0], age(2));
        });
    assertHeadsAreEncrypted(docId[0]);
  }
}
