package io.defradb.db.fetch;

import io.defradb.db.CommitReader.DocumentHeads;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Every document of several collections by DocID, a page of each collection in memory at a time. It
 * holds no cursor between two steps, so that it may be left where it is. For one thread.
 */
final class HeadsWalk implements Iterator<DocumentHeads> {
  private static final int PAGE = 256;

  private final Overlay overlay;
  private final Decoder decoder;
  private final PriorityQueue<Lane> lanes =
      new PriorityQueue<>(Comparator.comparing(lane -> lane.page.getFirst().docId()));

  /** Makes the heads of a document from its record. */
  interface Decoder {
    DocumentHeads heads(DocId docId, String collectionId, byte[] record);
  }

  /** {@code collections}: their IDs by short ID. */
  HeadsWalk(Overlay overlay, Map<Integer, String> collections, Decoder decoder) {
    this.overlay = overlay;
    this.decoder = decoder;
    collections.forEach((shortId, id) -> add(new Lane(shortId, id)));
  }

  private void add(Lane lane) {
    if (lane.hasPage()) {
      lanes.add(lane);
    }
  }

  @Override
  public boolean hasNext() {
    return !lanes.isEmpty();
  }

  @Override
  public DocumentHeads next() {
    Lane first = lanes.poll();
    if (first == null) {
      throw new NoSuchElementException("no document is left");
    }
    DocumentHeads heads = first.page.removeFirst();
    add(first);
    return heads;
  }

  /** One collection. */
  private final class Lane {
    private final int shortId;
    private final String collectionId;
    private final Deque<DocumentHeads> page = new ArrayDeque<>();
    private @Nullable KeyRange left;

    Lane(int shortId, String collectionId) {
      this.shortId = shortId;
      this.collectionId = collectionId;
      this.left = DocumentKey.range(shortId);
    }

    /** Reads the next page when this one is used up; false: there is no more. */
    boolean hasPage() {
      if (page.isEmpty() && left != null) {
        try (Cursor documents = overlay.cursor(Columns.STATE, left)) {
          while (page.size() < PAGE && documents.next()) {
            DocId docId = DocumentKey.docId(documents.key());
            page.add(decoder.heads(docId, collectionId, documents.value()));
          }
        }
        left = page.size() < PAGE ? null : DocumentKey.rangeAfter(shortId, page.getLast().docId());
      }
      return !page.isEmpty();
    }
  }
}
