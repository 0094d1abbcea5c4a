package io.defradb.connect.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.client.DefraClient;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.offset.SnapshotParts;
import io.defradb.connect.source.record.EventMapper;
import io.defradb.connect.source.record.RowReader;
import io.defradb.connect.source.record.VersionSchemas;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.connect.source.settings.SourceSettings.OutputFormat;
import io.defradb.connect.source.settings.SourceSettings.SnapshotMode;
import io.defradb.connect.source.snapshot.IncrementalSnapshots;
import io.defradb.connect.source.snapshot.LaneSnapshot;
import io.defradb.connect.source.stream.LaneStream;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running half of the task: first finds out where each lane goes on, then snapshots the lanes
 * that need one, then streams. A node that is away is waited for in every state. For the task's
 * thread.
 */
final class StartedSource implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StartedSource.class);

  private final SourceSettings settings;
  private final SourceTaskContext context;
  private final DefraClient client;
  private final EventMapper mapper;
  private final RowReader rows;
  private final Heartbeats heartbeats;
  private final FeedHold hold;
  private final IncrementalSnapshots incremental;
  private final Signals signals;
  private final List<Lane> lanes = new ArrayList<>();
  private final Backoff backoff = new Backoff("its collections");
  private final Deque<LaneSnapshot> snapshots = new ArrayDeque<>();
  private final Map<LaneSnapshot, Lane> snapshotLanes = new HashMap<>();
  private final Map<Lane, LaneOffset.Streaming> ready = new HashMap<>();
  private final List<LaneStream> streams = new ArrayList<>();
  private boolean isPlanned;
  private boolean isReadAgain;
  private boolean isStreaming;

  StartedSource(SourceSettings settings, List<Integer> shards, SourceTaskContext context) {
    this.settings = settings;
    this.context = context;
    Clock clock = Clock.systemUTC();
    this.client = settings.node().client(clock);
    var schemas = new VersionSchemas(settings, new Descriptions(client)::of);
    this.mapper = new EventMapper(settings, Version.TEXT, clock, schemas);
    this.rows = new RowReader(schemas);
    for (int shard : shards) {
      for (String collection : settings.collections()) {
        lanes.add(new Lane(settings.topicPrefix(), collection, shard, settings.shards()));
      }
    }
    this.incremental = new IncrementalSnapshots(settings, client, mapper, rows);
    this.signals = new Signals(settings, shards, List.copyOf(lanes), incremental);
    this.heartbeats = new Heartbeats(settings, clock);
    this.hold = new FeedHold(settings.name() + "-" + shards, client, lanes, context);
  }

  List<SourceRecord> poll() throws InterruptedException {
    try {
      List<SourceRecord> records = pollOnce();
      backoff.succeeded();
      return records;
    } catch (DefraException e) {
      if (e.code() == ErrorCode.FEED_GONE && settings.snapshotMode() == SnapshotMode.WHEN_NEEDED) {
        LOG.warn(
            "The node's feed no longer has what comes next ({}): a new snapshot is taken",
            e.getMessage());
        snapshotAgain();
      } else if (e.code().category() == ErrorCode.Category.RETRY) {
        backoff.failed(e);
      } else {
        throw new ConnectException(explained(e), e);
      }
      return List.of();
    }
  }

  private static String explained(DefraException e) {
    return e.code() == ErrorCode.FEED_GONE
        ? e.getMessage()
            + ". What came next is lost to this connector: set snapshot.mode=when_needed for a new"
            + " snapshot, or alter its offsets."
        : e.getMessage();
  }

  private List<SourceRecord> pollOnce() throws InterruptedException {
    if (!isPlanned) {
      plan();
      isPlanned = true;
    }
    if (!snapshots.isEmpty()) {
      return pollSnapshot();
    }
    if (!isStreaming) {
      openStreams();
      isStreaming = true;
    }
    return pollStreams();
  }

  /** Where each lane goes on: by its stored offset, the node's feed and the snapshot mode. */
  private void plan() throws InterruptedException {
    JsonNode info = client.changesInfo();
    String feedId = info.path("feedId").asText();
    long newest = info.path("newestSeq").asLong();
    for (Lane lane : lanes) {
      LaneOffset stored =
          isReadAgain
              ? null
              : LaneOffset.parse(context.offsetStorageReader().offset(lane.toPartition()));
      boolean isForeign = stored != null && !stored.feedId().equals(feedId);
      SnapshotMode mode = settings.snapshotMode();
      if (stored != null && isForeign && !isRepeatable(mode)) {
        throw new ConnectException(
            "The node at "
                + settings.node().url()
                + " has feed "
                + feedId
                + ", but the offset of "
                + lane
                + " is of feed "
                + stored.feedId()
                + ": it was purged or restored, or is another node. Set"
                + " snapshot.mode=when_needed for a new snapshot, or alter the offsets.");
      }
      if (stored == null && mode == SnapshotMode.NO_DATA) {
        ready.put(lane, new LaneOffset.Streaming(feedId, newest, 0, SnapshotParts.NONE));
      } else if (stored == null || isForeign || mode == SnapshotMode.ALWAYS) {
        addSnapshot(lane, feedId, null);
      } else if (stored instanceof LaneOffset.Snapshotting begun) {
        addSnapshot(lane, feedId, begun);
      } else {
        ready.put(lane, (LaneOffset.Streaming) stored);
      }
    }
  }

  /** True when a new feed may mean a new snapshot; else somebody has to decide. */
  private static boolean isRepeatable(SnapshotMode mode) {
    return mode == SnapshotMode.ALWAYS || mode == SnapshotMode.WHEN_NEEDED;
  }

  /** Of commits, what went before is the feed from its beginning. */
  private void addSnapshot(Lane lane, String feedId, LaneOffset.@Nullable Snapshotting from)
      throws InterruptedException {
    if (settings.format() == OutputFormat.COMMIT) {
      ready.put(lane, new LaneOffset.Streaming(feedId, 0, 0, SnapshotParts.NONE));
      return;
    }
    String collectionId =
        client.collection(lane.collection()).path("version").path("CollectionID").asText();
    var snapshot =
        new LaneSnapshot(client, mapper, rows, settings.filter(), lane, collectionId, from);
    snapshots.add(snapshot);
    snapshotLanes.put(snapshot, lane);
    LOG.info("{} the snapshot of {}", from == null ? "Beginning" : "Going on with", lane);
  }

  /** Plans anew, as if nothing had been read. */
  private void snapshotAgain() {
    closeReaders();
    incremental.stop(lanes);
    ready.clear();
    isStreaming = false;
    isPlanned = false;
    isReadAgain = true;
  }

  private List<SourceRecord> pollSnapshot() throws InterruptedException {
    LaneSnapshot snapshot = snapshots.element();
    List<SourceRecord> records = snapshot.poll(settings.batchSize());
    if (snapshot.isEnded()) {
      snapshots.remove();
      Lane lane = snapshotLanes.remove(snapshot);
      if (lane != null) {
        ready.put(lane, snapshot.end());
        LOG.info("The snapshot of {} is complete", lane);
      }
    }
    endBatch(records);
    return records;
  }

  private void openStreams() {
    if (settings.snapshotMode() == SnapshotMode.INITIAL_ONLY) {
      return;
    }
    Map<Integer, Map<Lane, LaneOffset.Streaming>> byShard = new HashMap<>();
    ready.forEach(
        (lane, offset) ->
            byShard.computeIfAbsent(lane.shard(), shard -> new HashMap<>()).put(lane, offset));
    byShard
        .values()
        .forEach(
            from ->
                streams.add(
                    new LaneStream(settings, client, mapper, rows, from, this::endTransaction)));
  }

  private List<SourceRecord> pollStreams() throws InterruptedException {
    hold.renewWhenDue();
    List<SourceRecord> records = new ArrayList<>();
    Duration patience = settings.pollWait().dividedBy(Math.max(1, streams.size()));
    try {
      for (LaneStream stream : streams) {
        records.addAll(stream.poll(records.isEmpty() ? patience : Duration.ZERO));
      }
      signals.heed();
      incremental.observe(records);
      for (LaneStream stream : streams) {
        List<SourceRecord> again = incremental.poll(stream.offsets());
        endBatch(again);
        records.addAll(again);
      }
    } catch (DefraException e) {
      if (records.isEmpty() || e.code().category() != ErrorCode.Category.RETRY) {
        throw e; // else what has been read is sent first, and the rest asked for again
      }
    }
    if (streams.isEmpty()) {
      Thread.sleep(settings.pollWait().toMillis());
    }
    if (records.isEmpty()) {
      for (LaneStream stream : streams) {
        records.addAll(heartbeats.due(stream.offsets()));
      }
      endBatch(records);
    }
    return records;
  }

  /** With {@code transaction.boundary=connector}, one transaction of the node is one of Kafka. */
  private void endTransaction(SourceRecord last) {
    @Nullable TransactionContext transactions = context.transactionContext();
    if (transactions != null) {
      transactions.commitTransaction(last);
    }
  }

  /** The same for records that are of no transaction: all of a poll together. */
  private void endBatch(List<SourceRecord> records) {
    @Nullable TransactionContext transactions = context.transactionContext();
    if (transactions != null && !records.isEmpty()) {
      transactions.commitTransaction();
    }
  }

  @Override
  public void close() {
    signals.close();
    closeReaders();
  }

  private void closeReaders() {
    snapshots.forEach(LaneSnapshot::close);
    snapshots.clear();
    snapshotLanes.clear();
    streams.forEach(LaneStream::close);
    streams.clear();
  }
}
