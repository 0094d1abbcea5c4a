package io.defradb.db.feed;

import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogEntry.Op;
import java.util.List;
import java.util.stream.Stream;

/**
 * What entries of one transaction did to a document together: it is described by the last, and its
 * image before is the first one's. A single entry is both.
 *
 * @param op what all of them did
 * @param fields names of the fields that any of them changed, sorted
 * @param contested those of them that met commits which did not know of them
 */
record FoldedEntry(
    LogEntry first, LogEntry last, Op op, List<String> fields, List<LogEntry> contested) {

  static FoldedEntry of(LogEntry entry) {
    return new FoldedEntry(entry, entry, entry.op(), entry.fields(), contested(entry));
  }

  FoldedEntry followedBy(LogEntry next) {
    List<String> all =
        Stream.concat(fields.stream(), next.fields().stream()).sorted().distinct().toList();
    List<LogEntry> contests =
        next.conflicts().isEmpty()
            ? contested
            : Stream.concat(contested.stream(), Stream.of(next)).toList();
    return new FoldedEntry(first, next, next.op() == Op.DELETE ? Op.DELETE : op, all, contests);
  }

  private static List<LogEntry> contested(LogEntry entry) {
    return entry.conflicts().isEmpty() ? List.of() : List.of(entry);
  }
}
