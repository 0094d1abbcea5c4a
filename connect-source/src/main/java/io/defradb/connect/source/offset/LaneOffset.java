package io.defradb.connect.source.offset;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a lane has been read, in one of two states; as Connect stores it, a flat map of text and
 * numbers.
 */
public sealed interface LaneOffset {
  String FEED_ID = "feedId";
  String SEQ = "seq";
  String INDEX = "index";
  String PARTS = "parts";
  String LAST_DOC_ID = "lastDocID";
  String AGAIN = "incremental";

  String feedId();

  Map<String, Object> toMap();

  /**
   * Reading the feed.
   *
   * @param seq everything up to here has been read
   * @param index how many events of the transaction after {@code seq} have been sent already
   * @param parts of the snapshot: entries that they hold already are passed over
   * @param again an incremental snapshot is under way, and this is the last document that it has
   *     sent; empty: none yet; {@code null}: none is under way
   */
  record Streaming(String feedId, long seq, int index, SnapshotParts parts, @Nullable String again)
      implements LaneOffset {

    public Streaming(String feedId, long seq, int index, SnapshotParts parts) {
      this(feedId, seq, index, parts, null);
    }

    public Streaming withAgain(@Nullable String lastDocId) {
      return new Streaming(feedId, seq, index, parts, lastDocId);
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put(FEED_ID, feedId);
      map.put(SEQ, seq);
      if (index > 0) {
        map.put(INDEX, (long) index);
      }
      if (!parts.isEmpty()) {
        map.put(PARTS, parts.toText());
      }
      if (again != null) {
        map.put(AGAIN, again);
      }
      return map;
    }
  }

  /**
   * Reading the snapshot.
   *
   * @param parts the parts so far; the last one is open
   * @param lastDocId the last document sent; empty: none yet
   */
  record Snapshotting(String feedId, SnapshotParts parts, String lastDocId) implements LaneOffset {
    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put(FEED_ID, feedId);
      map.put(PARTS, parts.toText());
      map.put(LAST_DOC_ID, lastDocId);
      return map;
    }
  }

  /**
   * {@code null} for a lane that was never read. Throws {@code IllegalArgumentException} with the
   * reason.
   */
  static @Nullable LaneOffset parse(@Nullable Map<String, ?> map) {
    if (map == null) {
      return null;
    }
    if (!(map.get(FEED_ID) instanceof String feedId) || feedId.isEmpty()) {
      throw new IllegalArgumentException("an offset has a feedId");
    }
    SnapshotParts parts =
        map.get(PARTS) instanceof String text ? SnapshotParts.parse(text) : SnapshotParts.NONE;
    if (map.get(LAST_DOC_ID) instanceof String lastDocId) {
      return new Snapshotting(feedId, parts, lastDocId);
    }
    if (map.get(SEQ) instanceof Number seq && seq.longValue() >= 0) {
      int index = map.get(INDEX) instanceof Number number ? number.intValue() : 0;
      String again = map.get(AGAIN) instanceof String text ? text : null;
      return new Streaming(feedId, seq.longValue(), index, parts, again);
    }
    throw new IllegalArgumentException("an offset has a seq of 0 or more");
  }
}
