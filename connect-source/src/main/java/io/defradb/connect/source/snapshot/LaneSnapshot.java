package io.defradb.connect.source.snapshot;

import io.defradb.client.Change;
import io.defradb.client.DefraClient;
import io.defradb.client.SnapshotQuery;
import io.defradb.client.SnapshotStream;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.offset.SnapshotParts;
import io.defradb.connect.source.record.EventMapper;
import io.defradb.connect.source.record.RowReader;
import io.defradb.connect.source.settings.ChangeFilter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one lane's documents. Cut off, it goes on after the last document that was read, as a new
 * part at a later moment; the offset of every record says where. For one thread.
 */
public final class LaneSnapshot implements AutoCloseable {
  private final DefraClient client;
  private final EventMapper mapper;
  private final RowReader rows;
  private final ChangeFilter filter;
  private final Lane lane;
  private final String collectionId;
  private String feedId;
  private @Nullable SnapshotParts parts;
  private String lastDocId;
  private @Nullable SnapshotStream<Struct> stream;
  private @Nullable Change<Struct> ahead;
  private boolean isEnded;

  /** {@code from}: {@code null} to begin. */
  public LaneSnapshot(
      DefraClient client,
      EventMapper mapper,
      RowReader rows,
      ChangeFilter filter,
      Lane lane,
      String collectionId,
      LaneOffset.@Nullable Snapshotting from) {
    this.client = client;
    this.mapper = mapper;
    this.rows = rows;
    this.filter = filter;
    this.lane = lane;
    this.collectionId = collectionId;
    this.feedId = from == null ? "" : from.feedId();
    this.parts = from == null ? null : from.parts();
    this.lastDocId = from == null ? "" : from.lastDocId();
  }

  Lane lane() {
    return lane;
  }

  boolean isEnded() {
    return isEnded;
  }

  /** Where the lane's stream begins; only once ended. */
  LaneOffset.Streaming end() {
    SnapshotParts all = known();
    return new LaneOffset.Streaming(feedId, all.firstSeq(), 0, all);
  }

  /**
   * At most {@code max} records.
   *
   * @throws DefraException of category RETRY: call again
   */
  List<SourceRecord> poll(int max) throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    try {
      SnapshotStream<Struct> running = open();
      while (records.size() < max && !isEnded) {
        Change<Struct> line = ahead;
        ahead = line == null ? null : next(running);
        if (line == null) {
          finish();
        } else {
          records.add(record(line));
        }
      }
    } catch (DefraException e) {
      close();
      if (records.isEmpty() || e.code().category() != ErrorCode.Category.RETRY) {
        throw e;
      }
    }
    return records;
  }

  private SourceRecord record(Change<Struct> line) {
    boolean isLast = ahead == null;
    String docId = line.docId();
    LaneOffset offset = isLast ? end() : new LaneOffset.Snapshotting(feedId, known(), docId);
    String place = isLast ? "last" : lastDocId.isEmpty() ? "first" : "true";
    SourceRecord record = mapper.read(lane, feedId, line, place, offset);
    lastDocId = docId; // only now: a line that cannot be mapped yet is read again
    if (isLast) {
      finish();
    }
    return record;
  }

  private void finish() {
    isEnded = true;
    close();
  }

  private SnapshotStream<Struct> open() throws InterruptedException {
    SnapshotStream<Struct> running = stream;
    if (running != null) {
      return running;
    }
    var query =
        new SnapshotQuery(
            List.of(lane.collection()), lane.shard(), lane.shards(), collectionId, lastDocId, 0);
    SnapshotStream<Struct> opened = client.snapshot(query, rows);
    if (!feedId.isEmpty() && !feedId.equals(opened.feedId())) {
      opened.close();
      throw new DefraException(
          ErrorCode.FEED_GONE,
          "the node's feed is another one than the snapshot was begun with",
          "FeedID",
          opened.feedId());
    }
    stream = opened;
    feedId = opened.feedId();
    SnapshotParts before = parts;
    parts =
        before == null
            ? SnapshotParts.startedAt(opened.seq())
            : before.resumed(lastDocId, opened.seq());
    ahead = next(opened);
    return opened;
  }

  private @Nullable Change<Struct> next(SnapshotStream<Struct> from) {
    Change<Struct> line = from.next();
    while (line != null && !filter.hasDocument(line.docId())) {
      line = from.next();
    }
    return line;
  }

  private SnapshotParts known() {
    SnapshotParts all = parts;
    if (all == null) {
      throw new IllegalStateException("the snapshot has not begun");
    }
    return all;
  }

  @Override
  public void close() {
    SnapshotStream<Struct> running = stream;
    stream = null;
    ahead = null;
    if (running != null) {
      running.close();
    }
  }
}
