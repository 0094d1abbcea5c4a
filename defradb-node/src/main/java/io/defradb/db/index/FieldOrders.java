package io.defradb.db.index;

import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogReader;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents by a range of an indexed field. Keys of a sealed store show no order, so the
 * order is kept in memory: made by a scan when it is first asked for, and brought up to a
 * transaction's snapshot by what the log says has changed since. Bounded by {@value #ENTRIES_MAX}
 * documents in all, about 25 MB; the orders asked for last are kept. Safe for use by many threads.
 */
final class FieldOrders {
  private static final int ENTRIES_MAX = 500_000;

  /** So many changes are looked at by every query before they are worked in. */
  private static final int CHANGES_MAX = 256;

  /** From a part of the collection on, a scan is cheaper than look-ups. */
  private static final int SCAN_PART = 4;

  private final Map<FieldOrder.Subject, FieldOrder> orders = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<FieldOrder.Subject> tooLarge = new HashSet<>();

  /**
   * All documents whose value can lie between the bounds, both included, by DocID, and perhaps some
   * others.
   *
   * @param low null value: no bound
   * @param high null value: no bound
   * @return {@code null}: scan instead
   */
  @Nullable Collection<DocId> between(
      Overlay overlay, FieldOrder.Subject subject, Value low, Value high) {
    if (!overlay.isReadOnly() || !ValueRank.isFor(subject.kind())) {
      return null;
    }
    var log = new LogReader(overlay.snapshot());
    long now = log.newestSeq();
    FieldOrder order = known(subject);
    if (order == null) {
      order = read(overlay, subject, now);
    }
    if (order == null || order.asOf() > now) {
      return null;
    }
    Set<DocId> changed = changed(log, order.asOf(), now);
    if (changed == null || changed.size() > CHANGES_MAX) {
      order =
          changed == null
              ? read(overlay, subject, now)
              : keep(order.advanced(overlay, changed, now));
      changed = Set.of();
    }
    return order == null ? null : candidates(order, changed, low, high);
  }

  private static @Nullable Collection<DocId> candidates(
      FieldOrder order, Set<DocId> changed, Value low, Value high) {
    long lowest = low.isNull() ? Long.MIN_VALUE : ValueRank.of(order.subject().kind(), low);
    long highest = high.isNull() ? Long.MAX_VALUE : ValueRank.of(order.subject().kind(), high);
    if (order.count(lowest, highest) > order.size() / SCAN_PART) {
      return null;
    }
    Set<DocId> found = new TreeSet<>(changed);
    found.addAll(order.between(lowest, highest));
    return found;
  }

  /** Documents with entries after {@code since}; {@code null}: too many, or not in the log. */
  private @Nullable Set<DocId> changed(LogReader log, long since, long now) {
    if (since == now) {
      return Set.of();
    }
    if (now - since > 20L * CHANGES_MAX || log.oldestSeq() > since + 1) {
      return null;
    }
    Set<DocId> changed = new HashSet<>();
    try (LogReader.Entries entries = log.after(since)) {
      for (LogEntry entry = entries.next(); entry != null; entry = entries.next()) {
        DocId docId = entry.docId();
        if (docId != null) {
          changed.add(docId);
        }
      }
    }
    return changed;
  }

  private @Nullable FieldOrder read(Overlay overlay, FieldOrder.Subject subject, long now) {
    synchronized (this) {
      if (tooLarge.contains(subject)) {
        return null;
      }
    }
    FieldOrder order = FieldOrder.read(overlay, subject, now, ENTRIES_MAX);
    if (order == null) {
      synchronized (this) {
        orders.remove(subject);
        tooLarge.add(subject);
      }
      return null;
    }
    return keep(order);
  }

  private synchronized @Nullable FieldOrder known(FieldOrder.Subject subject) {
    return orders.get(subject);
  }

  /** Keeps the newest of each field, and forgets others when they are too many together. */
  private synchronized FieldOrder keep(FieldOrder order) {
    orders.merge(order.subject(), order, (a, b) -> a.asOf() > b.asOf() ? a : b);
    List<FieldOrder.Subject> byAge = List.copyOf(orders.keySet());
    long held = orders.values().stream().mapToLong(FieldOrder::size).sum();
    for (FieldOrder.Subject oldest : byAge) {
      if (held <= ENTRIES_MAX || oldest.equals(order.subject())) {
        break;
      }
      FieldOrder forgotten = orders.remove(oldest);
      held -= forgotten == null ? 0 : forgotten.size();
    }
    return order;
  }
}
