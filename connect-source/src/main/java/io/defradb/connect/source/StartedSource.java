package io.defradb.connect.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.client.DefraClient;
import io.defradb.connect.source.jmx.BeanNames;
import io.defradb.connect.source.metrics.SourceMetrics;
import io.defradb.connect.source.notification.Notifications;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.offset.SnapshotParts;
import io.defradb.connect.source.record.EventMapper;
import io.defradb.connect.source.record.RowReader;
import io.defradb.connect.source.record.SchemaChangeEvents;
import io.defradb.connect.source.record.VersionSchemas;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.connect.source.settings.SourceSettings.OutputFormat;
import io.defradb.connect.source.settings.SourceSettings.SnapshotMode;
import io.defradb.connect.source.snapshot.IncrementalSnapshots;
import io.defradb.connect.source.snapshot.InitialSnapshots;
import io.defradb.connect.source.snapshot.LaneSnapshot;
import io.defradb.connect.source.snapshot.SnapshotNews;
import io.defradb.connect.source.stream.Arrivals;
import io.defradb.connect.source.stream.LaneStream;
import io.defradb.connect.source.stream.SideEvents;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Struct;
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
  private final Supplier<EventMapper> mappers;
  private final EventMapper mapper;
  private final RowReader rows;
  private final Heartbeats heartbeats;
  private final FeedHold hold;
  private final SourceMetrics metrics;
  private final Notifications notifications;
  private final SnapshotNews news;
  private final SideEvents sideEvents;
  private final IncrementalSnapshots incremental;
  private final Signals signals;
  private final Arrivals arrivals = new Arrivals();
  private final List<Lane> lanes = new ArrayList<>();
  private final Backoff backoff;
  private final InitialSnapshots snapshots;
  private final Map<Lane, LaneOffset.Streaming> ready = new HashMap<>();
  private final List<LaneStream> streams = new ArrayList<>();
  private boolean isPlanned;
  private String feedOfSnapshot = "";
  private long snapshotDueAt;
  private boolean isSnapshotBegun;
  private boolean isReadAgain;
  private boolean isStreaming;

  StartedSource(SourceSettings settings, List<Integer> shards, SourceTaskContext context) {
    this.settings = settings;
    this.context = context;
    this.backoff = new Backoff("its collections", settings.limits());
    Clock clock = Clock.systemUTC();
    this.client = settings.node().client(clock);
    var descriptions = new Descriptions(client);
    var schemas = new VersionSchemas(settings, descriptions::of);
    this.mappers = () -> new EventMapper(settings, shards.get(0), Version.TEXT, clock, schemas);
    this.mapper = mappers.get();
    this.rows = new RowReader(schemas);
    for (int shard : shards) {
      for (String collection : settings.collections()) {
        lanes.add(new Lane(settings.topicPrefix(), collection, shard, settings.shards()));
      }
    }
    var names = new BeanNames(settings.topicPrefix(), shards.get(0), settings.metricTags());
    this.metrics = new SourceMetrics(names, settings.collections(), clock);
    metrics.showIn(context);
    this.notifications =
        new Notifications(
            settings.notifications(),
            settings.topicPrefix(),
            clock,
            names.of("management", "notifications"));
    this.news = new SnapshotNews(notifications, metrics.snapshot());
    this.snapshots = new InitialSnapshots(settings, news::initialInProgress);
    this.sideEvents =
        new SideEvents(
            settings, new SchemaChangeEvents(settings, descriptions::of), metrics.streaming());
    this.incremental = new IncrementalSnapshots(settings, client, mapper, rows, news);
    this.signals = new Signals(settings, shards, List.copyOf(lanes), incremental, this::noteAgain);
    this.heartbeats = new Heartbeats(settings, clock);
    this.hold = new FeedHold(settings.name() + "-" + shards, client, lanes, context);
  }

  List<SourceRecord> poll() throws InterruptedException {
    try {
      List<SourceRecord> records = pollOnce();
      backoff.succeeded();
      return withNotifications(records);
    } catch (DefraException e) {
      metrics.streaming().failed();
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

  /** After what was read: so they carry a position that has been reached, and never move it. */
  private List<SourceRecord> withNotifications(List<SourceRecord> records) {
    if (!notifications.isWaiting()) {
      return records;
    }
    List<SourceRecord> told = List.of();
    if (!records.isEmpty()) {
      SourceRecord last = records.get(records.size() - 1);
      told = notifications.drain(last.sourcePartition(), last.sourceOffset());
    } else {
      Map.Entry<Lane, LaneOffset.Streaming> any = anyPosition();
      if (any != null) {
        told = notifications.drain(any.getKey().toPartition(), any.getValue().toMap());
      }
    }
    List<SourceRecord> all = new ArrayList<>(records);
    all.addAll(told);
    endBatch(told);
    return all;
  }

  private Map.@Nullable Entry<Lane, LaneOffset.Streaming> anyPosition() {
    for (LaneStream stream : streams) {
      return stream.offsets().entrySet().iterator().next();
    }
    return ready.isEmpty() ? null : ready.entrySet().iterator().next();
  }

  private void noteAgain(Lane lane, @Nullable String lastDocId) {
    streams.forEach(stream -> stream.noteAgain(lane, lastDocId));
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

  /**
   * Where each lane goes on: by its stored offset, the node's feed and the snapshot mode. A node
   * that goes away meanwhile has it planned anew.
   */
  private void plan() throws InterruptedException {
    snapshots.close();
    ready.clear();
    Map<Lane, String> readAgain = new LinkedHashMap<>();
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
      if (stored == null && mode == SnapshotMode.SINCE) {
        ready.put(lane, since(feedId, newest));
      } else if (stored == null && settings.start().isWithoutData(lane.collection())) {
        ready.put(
            lane, new LaneOffset.Streaming(feedId, begun(feedId, newest), 0, SnapshotParts.NONE));
      } else if (stored == null || isForeign || mode == SnapshotMode.ALWAYS) {
        addSnapshot(lane, feedId, null);
      } else if (stored instanceof LaneOffset.Snapshotting begun) {
        addSnapshot(lane, feedId, begun);
      } else {
        var streaming = (LaneOffset.Streaming) stored;
        ready.put(lane, streaming);
        String again = streaming.again();
        if (again != null) {
          readAgain.put(lane, again);
        }
      }
    }
    if (snapshots.isEmpty()) {
      news.initialSkipped(feedId);
    }
    readAgain.forEach(incremental::resumeAt);
    isSnapshotBegun = false;
    feedOfSnapshot = feedId;
    snapshotDueAt = System.nanoTime() + settings.start().delay().toNanos();
  }

  /** What the feed has forgotten meanwhile it says itself. */
  private LaneOffset.Streaming since(String feedId, long newest) {
    long since = settings.start().since();
    if (since > newest) {
      throw new ConnectException(
          "The feed of the node at "
              + settings.node().url()
              + " ends at seq "
              + newest
              + ", before the snapshot.since.seq that is set, "
              + since
              + ".");
    }
    return new LaneOffset.Streaming(feedId, since, 0, SnapshotParts.NONE);
  }

  /** A collection found later begins where the others are: what it had meanwhile is not missed. */
  private long begun(String feedId, long newest) {
    long begun = newest;
    for (Lane lane : lanes) {
      Map<String, Object> stored = context.offsetStorageReader().offset(lane.toPartition());
      if (!isReadAgain
          && LaneOffset.parse(stored) instanceof LaneOffset.Streaming at
          && at.feedId().equals(feedId)) {
        begun = Math.min(begun, at.seq());
      }
    }
    return begun;
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
    snapshots.add(
        new LaneSnapshot(client, mappers.get(), rows, settings.filter(), lane, collectionId, from));
    if (from != null) {
      LOG.info("Going on with the snapshot of {}", lane);
    }
  }

  /** Plans anew, as if nothing had been read. */
  private void snapshotAgain() {
    if (isSnapshotBegun && !snapshots.isEmpty()) {
      news.initialAborted();
    }
    incremental.stop(lanes, this::noteAgain);
    closeReaders();
    ready.clear();
    isStreaming = false;
    isPlanned = false;
    isReadAgain = true;
  }

  private List<SourceRecord> pollSnapshot() throws InterruptedException {
    if (!isSnapshotBegun && isTooEarly()) {
      return List.of();
    }
    if (!isSnapshotBegun) {
      isSnapshotBegun = true;
      news.initialStarted(feedOfSnapshot, snapshots.lanes());
    }
    InitialSnapshots.Batch batch = snapshots.poll();
    if (batch == null) {
      return List.of();
    }
    Lane lane = batch.lane();
    batch.records().forEach(record -> countRead(lane, record));
    metrics.snapshot().batchRead();
    LaneOffset.Streaming end = batch.end();
    if (end != null) {
      ready.put(lane, end);
      news.initialDone(lane, snapshots.isEmpty());
    }
    endBatch(batch.records());
    return batch.records();
  }

  /** Waits for what is left of {@code snapshot.delay.ms}, a poll at a time. */
  private boolean isTooEarly() throws InterruptedException {
    long restMillis = TimeUnit.NANOSECONDS.toMillis(snapshotDueAt - System.nanoTime());
    if (restMillis > 0) {
      Thread.sleep(Math.min(restMillis, settings.pollWait().toMillis()));
    }
    return restMillis > 0;
  }

  private void countRead(Lane lane, SourceRecord record) {
    metrics.snapshot().read(lane.collection(), ((Struct) record.key()).getString("docID"));
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
                    new LaneStream(
                        settings,
                        client,
                        mapper,
                        rows,
                        sideEvents,
                        metrics,
                        arrivals,
                        from,
                        this::endTransaction)));
  }

  private List<SourceRecord> pollStreams() throws InterruptedException {
    hold.renewWhenDue();
    List<SourceRecord> records = new ArrayList<>();
    streams.forEach(stream -> stream.hurry(incremental.isUnderWay()));
    long arrived = arrivals.count();
    try {
      takeArrived(records);
      if (records.isEmpty()) {
        arrivals.awaitAfter(arrived, settings.pollWait());
        takeArrived(records);
      }
      signals.heed();
      incremental.observe(records);
      for (LaneStream stream : streams) {
        List<SourceRecord> again = incremental.poll(stream.offsets(), this::noteAgain);
        endBatch(again);
        records.addAll(again);
      }
    } catch (DefraException e) {
      if (records.isEmpty() || e.code().category() != ErrorCode.Category.RETRY) {
        throw e; // else what has been read is sent first, and the rest asked for again
      }
    }
    if (records.isEmpty()) {
      for (LaneStream stream : streams) {
        records.addAll(heartbeats.due(stream.offsets()));
      }
      endBatch(records);
    }
    return records;
  }

  private void takeArrived(List<SourceRecord> records) {
    for (LaneStream stream : streams) {
      records.addAll(stream.poll());
    }
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
    notifications.close();
    metrics.close();
  }

  private void closeReaders() {
    snapshots.close();
    streams.forEach(LaneStream::close);
    streams.clear();
    metrics.queue().forget();
  }
}
