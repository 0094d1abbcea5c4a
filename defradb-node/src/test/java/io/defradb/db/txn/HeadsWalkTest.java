package io.defradb.db.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.db.CommitReader.DocumentHeads;
import io.defradb.db.StoreFixture;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadsWalkTest {
  /** More than a page of one collection, less than one of the other. */
  private static final int USERS = 700;

  private static final int BOOKS = 30;

  @Test
  void givenMoreDocumentsThanAPage_whenAllHeadsAreWalked_thenEachComesOnceInOrder() {
    try (StoreFixture fixture = StoreFixture.inMemory()) {
      fixture.addSchema("type User { age: Int } type Book { age: Int }");
      List<DocId> created = new ArrayList<>();
      for (int i = 0; i < USERS; i++) {
        created.add(fixture.create("User", Map.of("age", new Value.Int(i))));
      }
      for (int i = 0; i < BOOKS; i++) {
        created.add(fixture.create("Book", Map.of("age", new Value.Int(i))));
      }
      created.sort(Comparator.naturalOrder());

      List<DocId> walked = new ArrayList<>();
      try (Transaction transaction = fixture.database().begin(true)) {
        for (var heads = transaction.commits().allHeads(); heads.hasNext(); ) {
          DocumentHeads next = heads.next();
          assertThat(next.composite()).hasSize(1);
          walked.add(next.docId());
        }
      }

      assertThat(walked).isEqualTo(created);
    }
  }
}
