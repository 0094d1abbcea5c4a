package io.defradb.db.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.keys.Columns;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import io.defradb.storage.memory.MemoryStore;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BeginDuringCommitTest {
  private final HeldStore store = new HeldStore();
  private final Database database = KilledWriter.open(store);
  private final AtomicReference<@Nullable Boolean> isCatalogRight = new AtomicReference<>();

  /** Runs something after a batch is stored and before its writer knows. */
  private static final class HeldStore implements KeyValueStore {
    private final KeyValueStore memory = new MemoryStore();
    private Runnable afterWrite = () -> {};

    @Override
    public Snapshot snapshot() {
      return memory.snapshot();
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
      memory.write(batch, durability);
      afterWrite.run();
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

  @Test
  void givenACatalogJustStored_whenATransactionBegins_thenItsCatalogIsThatOfItsSnapshot() {
    var beginner = new Thread(this::beginAndCompare);
    store.afterWrite =
        () -> {
          beginner.start();
          Awaitility.await()
              .until(
                  () ->
                      isCatalogRight.get() != null || beginner.getState() == Thread.State.WAITING);
        };

    try (Transaction transaction = database.begin(false)) {
      new CollectionEditor().add(transaction, "type User { name: String }");
      transaction.commit();
    }

    Awaitility.await().until(() -> isCatalogRight.get() != null);
    assertThat(isCatalogRight.get()).isTrue();
  }

  private void beginAndCompare() {
    try (Transaction transaction = database.begin(true);
        Snapshot now = store.snapshot();
        Cursor catalog = now.cursor(Columns.SYSTEM, KeyRange.ALL, false)) {
      boolean isStored = catalog.next();
      isCatalogRight.set(transaction.catalog().activeByName("User").isPresent() == isStored);
    }
  }
}
