package io.defradb.graphql;

import io.defradb.graphql.schema.TypeSystem;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The types of the last sets of collections that were asked for. Safe for use by many threads.
 *
 * <p>A set is known by its members, not by the catalog's generation: a transaction that is
 * discarded and one that commits later can have the same generation and different collections, and
 * a purged store counts from the beginning.
 */
final class KnownTypes {
  private static final int KEPT_MAX = 4;

  /** {@code number}: unlike that of any other set in this process. */
  record Known(List<CollectionVersion> active, TypeSystem types, long number) {
    @SuppressWarnings("ReferenceEquality") // equal ones that are not the same are seldom, and slow
    private boolean isOf(List<CollectionVersion> others) {
      if (active == others) {
        return true;
      }
      if (active.size() != others.size()) {
        return false;
      }
      for (int i = 0; i < active.size(); i++) {
        if (active.get(i) != others.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  private final AtomicLong numbers = new AtomicLong();
  private volatile List<Known> recent = List.of();

  Known of(List<CollectionVersion> active) {
    for (Known known : recent) {
      if (known.isOf(active)) {
        return known;
      }
    }
    var made = new Known(active, new TypeSystem(active), numbers.incrementAndGet());
    keep(made);
    return made;
  }

  private synchronized void keep(Known made) {
    var kept = new ArrayList<Known>(KEPT_MAX);
    kept.add(made);
    kept.addAll(recent.subList(0, Math.min(recent.size(), KEPT_MAX - 1)));
    recent = List.copyOf(kept);
  }
}
