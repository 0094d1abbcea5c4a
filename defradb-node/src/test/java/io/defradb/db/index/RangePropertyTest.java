package io.defradb.db.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.acp.Asker;
import io.defradb.db.DocumentCursor;
import io.defradb.db.StoreFixture;
import io.defradb.db.StoredDocument;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.query.filter.ValueOrder;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A range of an index finds every document that a scan finds, by DocID, whatever was written
 * between two queries and however old the snapshot is that asks.
 */
class RangePropertyTest {
  private static final String SDL =
      "type Event { age: Int @index points: Float @index at: DateTime @index note: String }";
  private static final List<String> FIELDS = List.of("age", "points", "at");
  private static final int ROUNDS = 12;
  private static final int CHANGES_MAX = 400;

  private final List<DocId> docIds = new ArrayList<>();
  private int candidates;
  private int scanned;

  static LongStream seeds() {
    return LongStream.range(0, 6);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void givenAnyChanges_whenARangeIsAsked_thenNothingIsMissing(long seed) {
    var random = new Random(seed);
    try (StoreFixture fixture = StoreFixture.inMemory()) {
      fixture.addSchema(SDL);
      change(fixture, random, CHANGES_MAX);
      for (int round = 0; round < ROUNDS; round++) {
        try (Transaction old = fixture.database().begin(true)) {
          change(fixture, random, random.nextInt(CHANGES_MAX));
          try (Transaction now = fixture.database().begin(true)) {
            check(now, random);
          }
          check(old, random);
        }
      }
    }
    assertThat(candidates).as("documents read by ranges").isLessThan(scanned);
  }

  private void change(StoreFixture fixture, Random random, int changes) {
    for (int i = 0; i < changes; i++) {
      int choice = random.nextInt(10);
      if (choice < 5 || docIds.isEmpty()) {
        Map<String, Value> values = values(random);
        values.put("note", new Value.Text("n" + docIds.size() + "/" + random.nextLong()));
        docIds.add(fixture.create("Event", values));
      } else if (choice < 9) {
        fixture.update("Event", docIds.get(random.nextInt(docIds.size())), values(random));
      } else {
        fixture.delete("Event", docIds.remove(random.nextInt(docIds.size())));
      }
    }
  }

  private static Map<String, Value> values(Random random) {
    Map<String, Value> values = new HashMap<>();
    for (String field : FIELDS) {
      if (random.nextInt(5) > 0) {
        values.put(field, value(field, random));
      }
    }
    return values;
  }

  private static Value value(String field, Random random) {
    int number = random.nextInt(100) - 50;
    return switch (field) {
      case "age" -> new Value.Int(random.nextInt(20) == 0 ? Long.MAX_VALUE + number : number);
      case "points" -> new Value.Float64(number / 7.0);
      default ->
          new Value.Text(
              String.format(
                  Locale.ROOT,
                  "2026-01-%02dT%02d:00:00%s",
                  1 + random.nextInt(28),
                  random.nextInt(24),
                  random.nextBoolean() ? "Z" : "+05:30"));
    };
  }

  private void check(Transaction transaction, Random random) {
    CollectionVersion version = transaction.catalog().activeByName("Event").orElseThrow();
    for (String field : FIELDS) {
      int index = number(version, field);
      ValueOrder order = ValueOrder.of(DocumentIndexes.kind(version, field));
      Value low = random.nextInt(3) == 0 ? Value.NULL : value(field, random);
      Value high = random.nextInt(3) == 0 ? Value.NULL : value(field, random);
      List<DocId> found = new ArrayList<>();
      try (DocumentCursor cursor =
          transaction.documents(Asker.ANONYMOUS).byRange(version, index, low, high, false)) {
        for (StoredDocument it = cursor.next(); it != null; it = cursor.next()) {
          candidates++;
          if (isWithin(it.value(index), low, high, order)) {
            found.add(it.docId());
          }
        }
      }
      assertThat(found)
          .as("%s from %s to %s", field, low, high)
          .isEqualTo(scan(transaction, version, index, low, high, order));
    }
  }

  private List<DocId> scan(
      Transaction transaction,
      CollectionVersion version,
      int index,
      Value low,
      Value high,
      ValueOrder order) {
    List<DocId> found = new ArrayList<>();
    try (DocumentCursor cursor =
        transaction.documents(Asker.ANONYMOUS).scan(version, null, false)) {
      for (StoredDocument it = cursor.next(); it != null; it = cursor.next()) {
        scanned++;
        if (isWithin(it.value(index), low, high, order)) {
          found.add(it.docId());
        }
      }
    }
    return found;
  }

  private static boolean isWithin(Value value, Value low, Value high, ValueOrder order) {
    return !value.isNull()
        && (low.isNull() || order.compare(value, low) >= 0)
        && (high.isNull() || order.compare(value, high) <= 0);
  }

  private static int number(CollectionVersion version, String field) {
    for (int i = 0; i < version.fields().size(); i++) {
      if (version.fields().get(i).name().equals(field)) {
        return i;
      }
    }
    throw new IllegalArgumentException(field);
  }
}
