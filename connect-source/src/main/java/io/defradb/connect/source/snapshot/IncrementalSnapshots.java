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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents again while the feed is streamed. A chunk is read as of a moment {@code seq}, and
 * held until the stream has reached that moment; what the stream sends meanwhile of a later one
 * takes the document out of the chunk. So a key's events never go back in time, and no watermarks
 * need be written. How far each lane is stands in its offset, so that a restart goes on with it.
 * For one thread.
 */
public final class IncrementalSnapshots {
  private static final int LANES_MAX = 10_000;

  /** Told of each step of a lane; {@code null}: it is done, or stopped. */
  public interface Progress {
    void noteAgain(Lane lane, @Nullable String lastDocId);
  }

  /**
   * Documents as of one moment, in the order they came.
   *
   * @param after the last document read, which may be one that nobody wants
   */
  private record Chunk(
      String feedId,
      long seq,
      boolean isLast,
      String after,
      Map<String, Change<Struct>> documents) {}

  private final SourceSettings settings;
  private final DefraClient client;
  private final EventMapper mapper;
  private final RowReader rows;
  private final SnapshotNews news;
  private final Map<Lane, String> waiting = new LinkedHashMap<>();
  private @Nullable Chunk chunk;
  private boolean isPaused;

  public IncrementalSnapshots(
      SourceSettings settings,
      DefraClient client,
      EventMapper mapper,
      RowReader rows,
      SnapshotNews news) {
    this.settings = settings;
    this.client = client;
    this.mapper = mapper;
    this.rows = rows;
    this.news = news;
  }

  /** A lane that is waited for already is read once. {@code id}: the signal's. */
  public void begin(String id, Collection<Lane> lanes, Progress progress) {
    List<Lane> begun = new ArrayList<>();
    for (Lane lane : lanes) {
      if (!waiting.containsKey(lane) && waiting.size() < LANES_MAX) {
        waiting.put(lane, "");
        progress.noteAgain(lane, "");
        begun.add(lane);
      }
    }
    if (!begun.isEmpty()) {
      news.incrementalStarted(id, begun);
    }
  }

  /** Goes on where an earlier task was: the lane's offset says so. */
  public void resumeAt(Lane lane, String lastDocId) {
    waiting.put(lane, lastDocId);
    news.incrementalResumed(lane, lastDocId);
  }

  public void stop(Collection<Lane> lanes, Progress progress) {
    if (lanes.contains(head())) {
      chunk = null;
    }
    List<Lane> stopped = lanes.stream().filter(waiting::containsKey).toList();
    for (Lane lane : stopped) {
      waiting.remove(lane);
      progress.noteAgain(lane, null);
    }
    if (!stopped.isEmpty()) {
      news.incrementalStopped(stopped);
    }
  }

  public void pause() {
    isPaused = true;
    news.paused();
  }

  public void resume() {
    isPaused = false;
    news.resumed();
  }

  public boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Chunks are read, each of which waits for the stream to come up with it. */
  public boolean isUnderWay() {
    return !isPaused && !waiting.isEmpty();
  }

  private @Nullable Lane head() {
    return waiting.isEmpty() ? null : waiting.keySet().iterator().next();
  }

  /** To be told all that the stream sends, before the next {@link #poll}. */
  public void observe(List<SourceRecord> streamed) {
    Chunk held = chunk;
    Lane lane = head();
    if (held == null || lane == null) {
      return;
    }
    Map<String, Object> partition = lane.toPartition();
    for (SourceRecord record : streamed) {
      boolean isOfDocument =
          record.key() instanceof Struct key && key.schema().field("docID") != null;
      if (isOfDocument && record.sourcePartition().equals(partition)) {
        Header seq = record.headers().lastWithName(EventMapper.SEQ);
        if (seq != null && seq.value() instanceof Long number && number > held.seq()) {
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
  public List<SourceRecord> poll(Map<Lane, LaneOffset.Streaming> offsets, Progress progress)
      throws InterruptedException {
    Lane lane = head();
    LaneOffset.Streaming reached = lane == null ? null : offsets.get(lane);
    if (lane == null || reached == null || isPaused) {
      return List.of();
    }
    Chunk held = chunk;
    if (held == null) {
      held = read(lane, waiting.getOrDefault(lane, ""));
      chunk = held;
    }
    if (reached.seq() < held.seq()) {
      return List.of();
    }
    @Nullable String next = held.isLast() ? null : held.after();
    List<SourceRecord> records = new ArrayList<>(held.documents().size());
    for (Change<Struct> document : held.documents().values()) {
      boolean isEnd = records.size() == held.documents().size() - 1;
      LaneOffset offset = isEnd ? reached.withAgain(next) : reached;
      records.add(mapper.read(lane, held.feedId(), document, "incremental", offset));
      news.read(lane, document.docId());
    }
    chunk = null;
    progress.noteAgain(lane, next);
    if (next == null) {
      waiting.remove(lane);
      news.incrementalDone(lane, waiting.isEmpty());
    } else {
      waiting.replace(lane, next);
      news.chunkRead(lane, next);
    }
    return records;
  }

  private Chunk read(Lane lane, String afterDocId) throws InterruptedException {
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
            limit + 1); // one more tells whether this is the last chunk
    Map<String, Change<Struct>> documents = new LinkedHashMap<>();
    int count = 0;
    try (SnapshotStream<Struct> stream = client.snapshot(query, rows)) {
      String last = afterDocId;
      for (var line = stream.next(); line != null; line = stream.next()) {
        count++;
        if (count > limit) {
          break;
        }
        last = line.docId();
        if (settings.filter().hasDocument(last)) {
          documents.put(last, line);
        }
      }
      return new Chunk(stream.feedId(), stream.seq(), count <= limit, last, documents);
    }
  }
}
