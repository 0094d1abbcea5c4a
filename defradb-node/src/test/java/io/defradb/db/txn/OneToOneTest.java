package io.defradb.db.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.acp.Asker;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.StoreFixture;
import io.defradb.db.Transaction;
import io.defradb.db.audit.StoreAudit;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneToOneTest {
  private final StoreFixture fixture = StoreFixture.inMemory();
  private DocId book;

  @BeforeEach
  void addSchema() {
    fixture.addSchema(
        "type Book { name: String author: Author } "
            + "type Author { name: String published: Book @primary }");
    book = fixture.create("Book", Map.of("name", new Value.Text("Painted House")));
  }

  @AfterEach
  void closeSoundStore() {
    StoreAudit.run(fixture.store(), fixture.database());
    fixture.close();
  }

  private Map<String, Value> author(String name) {
    return Map.of("name", new Value.Text(name), "published_id", new Value.Text(book.text()));
  }

  @Test
  void givenATargetThatIsTaken_whenAnotherDocumentTakesIt_thenTheErrorNamesBothAndTheRelation() {
    DocId first = fixture.create("Author", author("John"));
    DocId second = fixture.create("Author", Map.of("name", new Value.Text("Ann")));

    try (Transaction transaction = fixture.database().begin(false)) {
      assertThatThrownBy(
              () ->
                  transaction
                      .writer(Asker.ANONYMOUS)
                      .update(fixture.collection("Author"), second, author("Ann")))
          .hasMessage(
              "target document is already linked to another document. DocumentID: %s, TargetID: %s,"
                  + " RelationName: author_book",
              second, first);
    }
  }

  @Test
  void givenTwoTransactionsAtOnce_whenBothTakeOneTarget_thenOneConflicts() {
    try (Transaction one = fixture.database().begin(false);
        Transaction other = fixture.database().begin(false)) {
      var authors = fixture.collection("Author");
      one.writer(Asker.ANONYMOUS).create(authors, author("John"), EncryptionChoice.NONE);
      other.writer(Asker.ANONYMOUS).create(authors, author("Ann"), EncryptionChoice.NONE);
      one.commit();

      assertThatThrownBy(other::commit)
          .isInstanceOfSatisfying(
              DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TXN_CONFLICT));
    }
  }

  @Test
  void givenATargetLetGoOf_whenAnotherDocumentTakesIt_thenItMay() {
    DocId first = fixture.create("Author", author("John"));
    try (Transaction transaction = fixture.database().begin(false)) {
      transaction
          .writer(Asker.ANONYMOUS)
          .update(fixture.collection("Author"), first, Map.of("published_id", Value.NULL));
      transaction.commit();
    }

    DocId second = fixture.create("Author", author("Ann"));
    try (Transaction transaction = fixture.database().begin(false)) {
      transaction.writer(Asker.ANONYMOUS).delete(fixture.collection("Author"), second);
      transaction.commit();
    }

    fixture.create("Author", author("Eve"));
    assertThat(fixture.documents("Author")).hasSize(2);
  }
}
