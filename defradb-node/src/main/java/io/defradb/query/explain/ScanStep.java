package io.defradb.query.explain;

import io.defradb.db.DocumentCursor;
import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.multiformats.Cid;
import io.defradb.request.Filter;
import io.defradb.request.Order;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents of a collection: by DocID, by an index where it fits filter or order, by the key
 * of a relation, or all of them; tests each for the filter.
 */
final class ScanStep extends Step {
  private final Measurement measurement;
  private final DocumentFilter filters;
  private final CollectionVersion collection;
  private final Access access;
  private final Fetches fetches = new Fetches();
  private @Nullable Filter filter;
  private @Nullable IndexDescription index;
  private List<Order> ordering;
  private @Nullable List<DocId> restriction;
  private @Nullable KeyLookup lookup;
  private @Nullable DocumentSource source;
  private @Nullable StoredDocument current;

  /** What the selection says about where to read. */
  record Access(@Nullable List<String> docIds, @Nullable String cid, boolean isDeletedShown) {}

  /** Documents that hold {@code key} in the field at {@code keyIndex}. */
  record KeyLookup(int keyIndex, String key, boolean isIndexed) {}

  ScanStep(
      Measurement measurement,
      DocumentFilter filters,
      CollectionVersion collection,
      Access access,
      @Nullable Filter filter,
      @Nullable IndexDescription index,
      List<Order> ordering) {
    this.measurement = measurement;
    this.filters = filters;
    this.collection = collection;
    this.access = access;
    this.filter = filter;
    this.index = index;
    this.ordering = ordering;
  }

  CollectionVersion collection() {
    return collection;
  }

  /** Reads by another index than the selection suggests: a join runs the other way round. */
  void readBy(IndexDescription otherIndex, @Nullable Filter otherFilter, List<Order> order) {
    index = otherIndex;
    filter = otherFilter;
    ordering = order;
  }

  boolean isOrderedByIndex() {
    return index != null && IndexChoice.fit(ordering, index) != IndexChoice.Fit.NONE;
  }

  /** All rows of {@code top}, of which this is the scan, for one key; then as it was before. */
  List<StoredDocument> collect(Step top, KeyLookup wanted, @Nullable Filter also) {
    DocumentSource interrupted = source;
    Filter before = filter;
    source = null;
    lookup = wanted;
    filter = also;
    List<StoredDocument> found = new ArrayList<>();
    top.begin();
    while (top.next()) {
      StoredDocument document = top.document();
      if (document != null) {
        found.add(document);
      }
    }
    close();
    lookup = null;
    filter = before;
    source = interrupted;
    return found;
  }

  @Override
  void begin() {
    close();
    source = open();
  }

  private DocumentSource open() {
    if (lookup != null) {
      return holders(lookup);
    }
    if (restriction != null) {
      return byDocId(restriction);
    }
    if (access.cid() != null) {
      return past(access.cid());
    }
    if (index != null) {
      DocumentSource byIndex = byIndex(index);
      if (byIndex != null) {
        return byIndex;
      }
    }
    return access.docIds() == null
        ? all()
        : byDocId(new TreeSet<>(access.docIds()).stream().map(DocId::new).toList());
  }

  private @Nullable DocumentSource byIndex(IndexDescription used) {
    boolean isBackwards = IndexChoice.fit(ordering, used) == IndexChoice.Fit.BACKWARDS;
    List<IndexCondition> conditions = IndexCondition.of(collection, used, filter);
    if (!conditions.isEmpty()) {
      return IndexWalk.filtered(measurement, collection, used, fetches, conditions, isBackwards);
    }
    return IndexChoice.fit(ordering, used) == IndexChoice.Fit.NONE
        ? null
        : IndexWalk.ordered(measurement, collection, used, fetches, isBackwards);
  }

  private DocumentSource all() {
    DocumentCursor cursor = measurement.reader().scan(collection, null, access.isDeletedShown());
    return new DocumentSource() {
      @Override
      public @Nullable StoredDocument next() {
        return counted(cursor.next());
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }

  private @Nullable StoredDocument counted(@Nullable StoredDocument document) {
    if (document != null) {
      fetches.addDocument(collection, document);
    }
    return document;
  }

  private DocumentSource byDocId(List<DocId> docIds) {
    return each(
        docIds.iterator(),
        docId ->
            counted(
                measurement.reader().get(collection, docId, access.isDeletedShown()).orElse(null)));
  }

  private DocumentSource past(String cid) {
    List<StoredDocument> found =
        measurement.reader().asOf(collection, Cid.fromText(cid), access.isDeletedShown());
    return each(found.iterator(), this::counted);
  }

  /** With an index only the holders are read, else every document up to each and after the last. */
  private DocumentSource holders(KeyLookup wanted) {
    Measurement.KeyHolders all = measurement.holders(collection, wanted.keyIndex());
    Iterator<Measurement.Located> found = all.of(wanted.key()).iterator();
    if (wanted.isIndexed()) {
      return each(
          found,
          holder -> {
            fetches.addIndexEntry();
            return counted(
                measurement.reader().get(collection, holder.docId(), false).orElse(null));
          });
    }
    return new DocumentSource() {
      private long documents;
      private long fields;

      @Override
      public @Nullable StoredDocument next() {
        if (!found.hasNext()) {
          readTo(all.documents(), all.fields());
          return null;
        }
        Measurement.Located holder = found.next();
        readTo(holder.documents(), holder.fields());
        return measurement.reader().get(collection, holder.docId(), false).orElse(null);
      }

      private void readTo(long moreDocuments, long moreFields) {
        fetches.add(moreDocuments - documents, moreFields - fields);
        documents = moreDocuments;
        fields = moreFields;
      }
    };
  }

  private static <T> DocumentSource each(
      Iterator<T> wanted, Function<T, @Nullable StoredDocument> read) {
    return () -> {
      StoredDocument found = null;
      while (found == null && wanted.hasNext()) {
        found = read.apply(wanted.next());
      }
      return found;
    };
  }

  @Override
  boolean advance() {
    DocumentSource read = source;
    if (read == null) {
      return false;
    }
    for (StoredDocument it = read.next(); it != null; it = read.next()) {
      if (filter == null || filters.holds(filter, collection, it)) {
        current = it;
        return true;
      }
    }
    return false;
  }

  @Override
  @Nullable StoredDocument document() {
    return current;
  }

  @Override
  void restrictTo(List<DocId> docIds) {
    restriction = docIds;
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
      source = null;
    }
  }

  /** The counts alone, without the name. */
  Value attributes() {
    return fetches.into(counts()).done();
  }

  @Override
  Value explained() {
    return Tree.of("scanNode", attributes());
  }
}
