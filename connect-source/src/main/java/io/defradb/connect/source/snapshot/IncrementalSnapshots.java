package io.defradb.connect.source.snapshot;

import io.defradb.client.Change;
import io.defradb.client.DefraClient;
import io.defradb.client.SnapshotQuery;
import io.defradb.client.SnapshotStream;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.record.EventMapper;
import io.defradb.connect.source.record.RowReader;
import io.defradb.connect.source.settings.SourceSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads documents again while the feed is streamed. A chunk is read as of a moment {@code seq}, and
 * held until the stream has reached that moment; what the stream sends meanwhile of a later one
 * takes the document out of the chunk. So a key's events never go back in time, and no watermarks
 * need be written. For one thread.
 */
public final class IncrementalSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(IncrementalSnapshots.class);
  private static final int LANES_MAX = 10_000;

  /** Documents as of one moment, in the order they came. */
  private record Chunk(
      String feedId, long seq, boolean isLast, Map<String, Change<Struct>> documents) {}

  private final SourceSettings settings;
  private final DefraClient client;
  private final EventMapper mapper;
  private final RowReader rows;
  private final Deque<Lane> waiting = new ArrayDeque<>();
  private String afterDocId = "";
  private @Nullable Chunk chunk;
  private boolean isPaused;

  public IncrementalSnapshots(
      SourceSettings settings, DefraClient client, EventMapper mapper, RowReader rows) {
    this.settings = settings;
    this.client = client;
    this.mapper = mapper;
    this.rows = rows;
  }

  /** A lane that is waited for already is read once. */
  public void begin(Collection<Lane> lanes) {
    for (Lane lane : lanes) {
      if (!waiting.contains(lane) && waiting.size() < LANES_MAX) {
        waiting.add(lane);
        LOG.info("An incremental snapshot of {} is asked for", lane);
      }
    }
  }

  public void stop(Collection<Lane> lanes) {
    if (lanes.contains(waiting.peek())) {
      afterDocId = "";
      chunk = null;
    }
    if (waiting.removeAll(lanes)) {
      LOG.info("Incremental snapshots of {} are stopped", lanes);
    }
  }

  public void pause() {
    isPaused = true;
  }

  public void resume() {
    isPaused = false;
  }

  public boolean isIdle() {
    return waiting.isEmpty();
  }

  /** To be told all that the stream sends, before the next {@link #poll}. */
  public void observe(List<SourceRecord> streamed) {
    Chunk held = chunk;
    Lane lane = waiting.peek();
    if (held == null || lane == null) {
      return;
    }
    Map<String, Object> partition = lane.toPartition();
    for (SourceRecord record : streamed) {
      boolean isOfDocument =
          record.key() instanceof Struct key && key.schema().field("docID") != null;
      if (isOfDocument && record.sourcePartition().equals(partition)) {
        Object seq = record.headers().lastWithName(EventMapper.SEQ).value();
        if (seq instanceof Long number && number > held.seq()) {
          held.documents().remove(((Struct) record.key()).getString("docID"));
        }
      }
    }
  }

  /**
   * A chunk that the stream has come up with; else reads the next one and answers nothing.
   *
   * @param offsets how far the stream is
   */
  public List<SourceRecord> poll(Map<Lane, LaneOffset.Streaming> offsets)
      throws InterruptedException {
    Lane lane = waiting.peek();
    LaneOffset.Streaming reached = lane == null ? null : offsets.get(lane);
    if (lane == null || reached == null || isPaused) {
      return List.of();
    }
    Chunk held = chunk;
    if (held == null) {
      held = read(lane);
      chunk = held;
    }
    if (reached.seq() < held.seq()) {
      return List.of();
    }
    List<SourceRecord> records = new ArrayList<>(held.documents().size());
    for (Change<Struct> document : held.documents().values()) {
      records.add(mapper.read(lane, held.feedId(), document, "incremental", reached));
    }
    chunk = null;
    if (held.isLast()) {
      waiting.remove();
      afterDocId = "";
      LOG.info("The incremental snapshot of {} is complete", lane);
    }
    return records;
  }

  private Chunk read(Lane lane) throws InterruptedException {
    String collectionId =
        client.collection(lane.collection()).path("version").path("CollectionID").asText();
    int limit = settings.chunkSize();
    var query =
        new SnapshotQuery(
            List.of(lane.collection()),
            lane.shard(),
            lane.shards(),
            collectionId,
            afterDocId,
            limit);
    Map<String, Change<Struct>> documents = new LinkedHashMap<>();
    int count = 0;
    try (SnapshotStream<Struct> stream = client.snapshot(query, rows)) {
      String last = afterDocId;
      for (var line = stream.next(); line != null; line = stream.next()) {
        last = line.docId();
        count++;
        if (settings.filter().hasDocument(last)) {
          documents.put(last, line);
        }
      }
      afterDocId = last;
      return new Chunk(stream.feedId(), stream.seq(), count < limit, documents);
    }
  }
}
