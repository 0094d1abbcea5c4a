package io.defradb.db.apply;

import io.defradb.db.Catalog;
import io.defradb.db.index.DocumentIndexes;
import io.defradb.db.log.Conflict;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.Origin;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What blocks of one transaction are applied to.
 *
 * @param versionNumbers local number of a version ID; 0 for an unknown one
 * @param commits gets the log entries, in order
 */
public record ApplyTarget(
    Overlay overlay,
    Catalog catalog,
    ToIntFunction<String> versionNumbers,
    DocumentIndexes indexes,
    InstantSource clock,
    Origin origin,
    List<Commit> commits) {

  int shortId(CollectionVersion collection) {
    return catalog.shortId(collection.collectionId());
  }

  /** An entry without its number and its place. {@code effect}: what the commit did here. */
  LogEntry entry(
      LogEntry.Kind kind,
      LogEntry.Op op,
      Cid cid,
      @Nullable DocId docId,
      String versionId,
      List<String> fields,
      long height,
      List<Cid> parents,
      @Nullable String signer,
      boolean isDeleted,
      List<Conflict> conflicts) {
    return new LogEntry(
        0,
        0,
        0,
        kind,
        op,
        cid,
        docId,
        versionId,
        fields,
        height,
        parents,
        clock.instant(),
        origin,
        signer,
        isDeleted,
        false,
        conflicts);
  }
}
