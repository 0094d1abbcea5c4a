package io.defradb.query.plan;

import io.defradb.request.Select;
import io.defradb.schema.CollectionVersion;
import org.jspecify.annotations.Nullable;

/**
 * Where a selection stands.
 *
 * @param isOrdered rows above it are sorted. Sorted rows show all members of their groups, as in
 *     the reference, whatever limit {@code _group} has; aggregates count up to the limit
 * @param fetched what is asked of the collection whose groups it is inside; null outside of groups
 */
record Surroundings(boolean isOrdered, @Nullable FetchedNames fetched) {
  static final Surroundings TOP = new Surroundings(false, null);

  /** Of what {@code select}, which stands here, has inside. */
  Surroundings inside(CollectionVersion collection, Select select) {
    FetchedNames its =
        fetched == null && select.groupBy() != null ? FetchedNames.of(collection, select) : fetched;
    return new Surroundings(isOrdered || isSorted(collection, select), its);
  }

  /** Of what is selected of a relation here. */
  Surroundings related() {
    return new Surroundings(isOrdered, null);
  }

  boolean isFetched(String key) {
    return fetched == null || fetched.has(key);
  }

  boolean isUnlimited(Select select) {
    return isOrdered && select.name().equals(Select.GROUP);
  }

  /** An index that has the order already spares the sort. */
  private static boolean isSorted(CollectionVersion collection, Select select) {
    if (select.order().isEmpty()) {
      return false;
    }
    String first = select.order().get(0).path().get(0);
    return collection.indexes().stream().noneMatch(it -> it.fields().get(0).name().equals(first));
  }
}
