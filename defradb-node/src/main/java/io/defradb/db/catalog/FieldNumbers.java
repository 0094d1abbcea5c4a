package io.defradb.db.catalog;

import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the fields of a collection's versions: a name keeps its number in all of them, and a new
 * name takes the next one. Where each version adds to the one before, a field's number is its
 * place; two versions that were patched from the same one give their own fields numbers apart.
 */
final class FieldNumbers {
  private FieldNumbers() {}

  /** {@code known}: every version there is, an older state of this one among them. */
  static CollectionVersion give(CollectionVersion version, Collection<CollectionVersion> known) {
    Map<String, Integer> numbers = new HashMap<>();
    int next = 0;
    for (CollectionVersion other : known) {
      if (other.collectionId().equals(version.collectionId())) {
        for (int place = 0; place < other.fields().size(); place++) {
          int number = other.fieldNumber(place);
          numbers.put(other.fields().get(place).name(), number);
          next = Math.max(next, number + 1);
        }
      }
    }
    List<Integer> given = new ArrayList<>(version.fields().size());
    boolean isPlaced = true;
    for (CollectionField field : version.fields()) {
      Integer number = numbers.get(field.name());
      if (number == null) {
        number = next++;
        numbers.put(field.name(), number);
      }
      isPlaced &= number == given.size();
      given.add(number);
    }
    return version.withFieldNumbers(isPlaced ? List.of() : given);
  }
}
