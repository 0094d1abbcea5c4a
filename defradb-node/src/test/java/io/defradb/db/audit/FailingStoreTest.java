package io.defradb.db.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.acp.Asker;
import io.defradb.db.Database;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.schema.CollectionVersion;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import io.defradb.storage.memory.MemoryStore;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a write that fails leaves behind: nothing, and nobody waits for ever. */
class FailingStoreTest {
  private final FailingStore store = new FailingStore();
  private final Database database = KilledWriter.open(store);

  /** Fails the writes it is told to. */
  private static final class FailingStore implements KeyValueStore {
    private final KeyValueStore memory = new MemoryStore();
    private @Nullable Throwable failure;

    @Override
    public Snapshot snapshot() {
      return memory.snapshot();
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (RuntimeException) failure;
      }
      memory.write(batch, durability);
    }

    @Override
    public long sizeBytes() {
      return memory.sizeBytes();
    }

    @Override
    public void close() {
      memory.close();
    }
  }

  @BeforeEach
  void addSchema() {
    try (Transaction transaction = database.begin(false)) {
      new CollectionEditor().add(transaction, "type User { name: String }");
      transaction.commit();
    }
  }

  private static CollectionVersion users(Transaction transaction) {
    return transaction.catalog().activeByName("User").orElseThrow();
  }

  private DocId create(String name) {
    try (Transaction transaction = database.begin(false)) {
      DocId docId =
          transaction
              .writer(Asker.ANONYMOUS)
              .create(
                  users(transaction), Map.of("name", new Value.Text(name)), EncryptionChoice.NONE);
      transaction.commit();
      return docId;
    }
  }

  private static void rename(Transaction transaction, DocId docId, String name) {
    transaction
        .writer(Asker.ANONYMOUS)
        .update(users(transaction), docId, Map.of("name", new Value.Text(name)));
  }

  @Test
  void givenAFullDisk_whenAWriteFails_thenLaterOnesHaveNoGapAndConflictAsBefore() {
    DocId ann = create("Ann");
    try (Transaction old = database.begin(false)) {
      rename(old, ann, "old");
      try (Transaction newer = database.begin(false)) {
        rename(newer, ann, "newer");
        newer.commit();
      }
      store.failure = new DefraException(ErrorCode.STORAGE_FULL, "no space left");
      try (Transaction failing = database.begin(false)) {
        rename(failing, ann, "failing");
        assertThatThrownBy(failing::commit).isSameAs(store.failure);
      }
      store.failure = null;
      assertThatThrownBy(old::commit).hasMessage("transaction conflict. Please retry");
    }
    create("Bob");
    assertThat(StoreAudit.run(store, database).documents()).isEqualTo(2);
  }

  @Test
  void givenAnErrorOfTheMachine_whenAWriteFails_thenTheNextCommitIsNotStuck() {
    store.failure = new OutOfMemoryError("a test's");
    assertThatThrownBy(() -> create("Ann")).isSameAs(Objects.requireNonNull(store.failure));
    store.failure = null;
    create("Bob");
    assertThat(StoreAudit.run(store, database).documents()).isEqualTo(1);
  }
}
