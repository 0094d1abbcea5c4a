package io.defradb.db.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.acp.Asker;
import io.defradb.db.DocumentWriter;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.StoreFixture;
import io.defradb.db.Transaction;
import io.defradb.db.audit.StoreAudit;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.IndexDescription.IndexedField;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionRulesTest {
  private final StoreFixture fixture = StoreFixture.inMemory();

  @BeforeEach
  void addSchema() {
    fixture.addSchema("type User { name: String @index(unique: true) age: Int }");
  }

  @AfterEach
  void closeSoundStore() {
    StoreAudit.run(fixture.store(), fixture.database());
    fixture.close();
  }

  private static Map<String, Value> user(String name, long age) {
    return Map.of("name", new Value.Text(name), "age", new Value.Int(age));
  }

  @Test
  void givenACallThatFails_whenItsTransactionCommits_thenOnlyThatCallLeavesNothing() {
    CollectionVersion users = fixture.collection("User");
    DocId ann = fixture.create("User", user("Ann", 1));
    try (Transaction transaction = fixture.database().begin(false)) {
      DocumentWriter writer = transaction.writer(Asker.ANONYMOUS);
      DocId bob = writer.create(users, user("Bob", 2), EncryptionChoice.NONE);
      var encryption = new EncryptionChoice(true, java.util.Set.of());
      assertThatThrownBy(() -> writer.create(users, user("Ann", 3), encryption))
          .hasMessageContaining("violates unique index");
      assertThatThrownBy(() -> writer.update(users, bob, Map.of("name", new Value.Text("Ann"))))
          .hasMessageContaining("violates unique index");
      writer.update(users, ann, Map.of("age", new Value.Int(4)));
      transaction.commit();
    }
    assertThat(fixture.documents("User"))
        .extracting(document -> document.get("name") + " " + document.get("age"))
        .containsExactlyInAnyOrder("Ann 4", "Bob 2");
  }

  @Test
  void givenADocumentCreatedWhileAnIndexIsBuilt_whenBothCommit_thenTheIndexMissesNothing() {
    CollectionVersion users = fixture.collection("User");
    try (Transaction building = fixture.database().begin(false)) {
      building.catalog().createIndex(users, onAge());
      fixture.create("User", user("Late", 5));
      assertThatThrownBy(building::commit)
          .isInstanceOfSatisfying(
              DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TXN_CONFLICT));
    }
  }

  @Test
  void givenAnIndexThatIsCommittedFirst_whenADocumentIsCommitted_thenItConflicts() {
    CollectionVersion users = fixture.collection("User");
    try (Transaction writing = fixture.database().begin(false)) {
      writing.writer(Asker.ANONYMOUS).create(users, user("Late", 5), EncryptionChoice.NONE);
      try (Transaction building = fixture.database().begin(false)) {
        building.catalog().createIndex(users, onAge());
        building.commit();
      }
      assertThatThrownBy(writing::commit).hasMessage("transaction conflict. Please retry");
    }
  }

  @Test
  void givenTwoOpenChangesOfTheCatalog_whenLookedAt_thenTheyHaveDifferentGenerations() {
    CollectionVersion users = fixture.collection("User");
    try (Transaction one = fixture.database().begin(false);
        Transaction other = fixture.database().begin(false)) {
      one.catalog().createIndex(users, onAge());
      long first = one.catalog().generation();
      other.catalog().dropIndex(users, users.indexes().get(0).name());
      assertThat(other.catalog().generation()).isNotEqualTo(first);
      CollectionVersion indexed = one.catalog().activeByName("User").orElseThrow();
      one.catalog().dropIndex(indexed, indexed.indexes().get(0).name());
      assertThat(one.catalog().generation()).isNotEqualTo(first);
    }
  }

  @Test
  void givenAUniqueIndexOverEqualValues_whenItCannotBeMade_thenNothingOfItIsLeft() {
    CollectionVersion users = fixture.collection("User");
    fixture.create("User", user("Ann", 1));
    fixture.create("User", user("Bob", 1));
    try (Transaction transaction = fixture.database().begin(false)) {
      var index = new IndexDescription("ages", 2, List.of(new IndexedField("age", false)), true);
      assertThatThrownBy(() -> transaction.catalog().createIndex(users, index))
          .hasMessageContaining("violates unique index");
      transaction.writer(Asker.ANONYMOUS).create(users, user("Cid", 3), EncryptionChoice.NONE);
      transaction.commit();
    }
    assertThat(fixture.collection("User").indexes()).hasSize(1);
  }

  private static IndexDescription onAge() {
    return new IndexDescription("ages", 2, List.of(new IndexedField("age", false)), false);
  }
}
