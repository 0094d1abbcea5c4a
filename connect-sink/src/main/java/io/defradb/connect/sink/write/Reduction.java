package io.defradb.connect.sink.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.connect.sink.mapping.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one of the writes of a document that stand in one batch: the last value of each field wins,
 * as it would one after the other. Increments, deletes and creates stay what they are, and nothing
 * is carried over them.
 */
final class Reduction {
  private static final Set<String> ABSORBING = Set.of("upsert", "update");

  /** Which document is meant, in the operation's own words. */
  private record Target(
      String op, String collection, @Nullable String docId, @Nullable Object key) {
    static Target of(Operation operation) {
      return new Target(operation.op(), operation.collection(), operation.docId(), operation.key());
    }
  }

  private Reduction() {}

  /** As many records: those whose writes went into a later one's only move the position. */
  static List<Pending> of(List<Pending> records) {
    List<Pending> reduced = new ArrayList<>(records);
    Map<Target, Integer> last = new HashMap<>();
    for (int i = 0; i < reduced.size(); i++) {
      Operation operation = reduced.get(i).operation();
      if (operation == null) {
        continue;
      }
      boolean isAbsorbing = ABSORBING.contains(operation.op()) && operation.increments().isEmpty();
      if (!isAbsorbing) {
        last.clear(); // it may be about any of these documents, named in another way
        continue;
      }
      Integer before = last.put(Target.of(operation), i);
      Operation earlier = before == null ? null : reduced.get(before).operation();
      if (before != null && earlier != null) {
        reduced.set(i, new Pending(reduced.get(i).record(), merged(earlier, operation)));
        reduced.set(before, reduced.get(before).settled());
      }
    }
    return reduced;
  }

  private static Operation merged(Operation earlier, Operation later) {
    ObjectNode document = earlier.document().deepCopy();
    ObjectNode relations = earlier.relations().deepCopy();
    later.relations().fieldNames().forEachRemaining(name -> document.remove(name + "_id"));
    relations.remove(
        relations.properties().stream()
            .map(Map.Entry::getKey)
            .filter(name -> later.document().has(name + "_id"))
            .toList());
    document.setAll(later.document());
    relations.setAll(later.relations());
    return new Operation(
        later.op(),
        later.collection(),
        later.docId(),
        later.key(),
        document,
        later.increments(),
        relations);
  }
}
