package io.defradb.connect.source.stream;

import io.defradb.client.Change;
import io.defradb.client.ChangePage;
import io.defradb.client.ChangeQuery;
import io.defradb.client.DefraClient;
import io.defradb.connect.source.metrics.SourceMetrics;
import io.defradb.connect.source.metrics.StreamingMetrics;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.offset.SnapshotParts;
import io.defradb.connect.source.record.DocumentChange;
import io.defradb.connect.source.record.EventMapper;
import io.defradb.connect.source.record.RowReader;
import io.defradb.connect.source.settings.ChangeFilter;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.connect.source.settings.SourceSettings.OutputFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one shard of the feed for all its lanes, and turns whole transactions into records with the
 * offset that each lane has reached after it. For one thread.
 */
public final class LaneStream implements AutoCloseable {
  private static final Duration LONGPOLL = Duration.ofSeconds(10);

  private final EventMapper mapper;
  private final Consumer<SourceRecord> onTransactionEnd;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Map<Lane, LaneOffset.Streaming> offsets = new HashMap<>();
  private final FeedReader reader;
  private final String name;
  private final boolean areCommits;
  private final ChangeFilter filter;
  private final TransactionMarks marks;
  private final SideEvents sideEvents;
  private final StreamingMetrics metrics;
  private @Nullable ChangePage<Struct> held;

  /**
   * @param arrivals told when there is something to poll for
   * @param from where each lane goes on; all of one feed and one shard
   * @param onTransactionEnd told the last record of each transaction of the node
   */
  public LaneStream(
      SourceSettings settings,
      DefraClient client,
      EventMapper mapper,
      RowReader rows,
      SideEvents sideEvents,
      SourceMetrics metrics,
      Arrivals arrivals,
      Map<Lane, LaneOffset.Streaming> from,
      Consumer<SourceRecord> onTransactionEnd) {
    this.mapper = mapper;
    this.sideEvents = sideEvents;
    this.metrics = metrics.streaming();
    this.onTransactionEnd = onTransactionEnd;
    this.filter = settings.filter();
    this.marks = new TransactionMarks(settings);
    this.areCommits = settings.format() == OutputFormat.COMMIT;
    this.offsets.putAll(from);
    from.keySet().forEach(lane -> lanes.put(lane.collection(), lane));
    Lane any = from.keySet().iterator().next();
    LaneOffset.Streaming first = from.get(any);
    long since = from.values().stream().mapToLong(LaneOffset.Streaming::seq).min().orElse(0);
    Duration longpoll = min(LONGPOLL, settings.node().requestTimeout().dividedBy(2));
    this.name = any.shard() + "/" + any.shards();
    var query =
        new ChangeQuery(
            first == null ? "" : first.feedId(),
            since,
            Math.min(settings.batchSize(), settings.limits().entries() / FeedReader.PAGES_AHEAD),
            longpoll,
            List.copyOf(lanes.keySet()),
            any.shard(),
            any.shards(),
            filter.docIds(),
            filter.origins(),
            settings.areSchemaChangesTold() && any.shard() == 0
                ? Set.of("document", "schema")
                : Set.of(),
            !areCommits,
            parts(settings));
    this.reader =
        new FeedReader(
            settings.name() + "-" + any.shard(),
            client,
            rows,
            settings.limits(),
            arrivals,
            query,
            metrics);
  }

  private static Set<String> parts(SourceSettings settings) {
    boolean areCompared = settings.filter().isUnchangedSkipped();
    Set<String> parts =
        switch (settings.format()) {
          case ENVELOPE -> Set.of("before", "after");
          case DOCUMENT -> areCompared ? Set.of("before", "after") : Set.of("after");
          case COMMIT -> Set.of("block", "fields", "signature");
        };
    if (!settings.areConflictsTold()) {
      return parts;
    }
    Set<String> more = new HashSet<>(parts);
    more.add("conflicts");
    return more;
  }

  /**
   * Records of the next page; empty when there is none yet. A page that fails to be mapped, because
   * its schema cannot be asked for now, is mapped again at the next call.
   */
  public List<SourceRecord> poll() {
    ChangePage<Struct> page = held == null ? reader.take() : held;
    held = page;
    Map<Lane, LaneOffset.Streaming> reached = Map.copyOf(offsets);
    try {
      List<SourceRecord> records = page == null ? List.of() : records(page);
      held = null;
      return records;
    } catch (RuntimeException e) {
      offsets.putAll(reached);
      marks.forget();
      throw e;
    }
  }

  private List<SourceRecord> records(ChangePage<Struct> page) {
    List<SourceRecord> records = new ArrayList<>(page.entries().size());
    List<Change<Struct>> transaction = new ArrayList<>();
    long id = -1;
    for (Change<Struct> entry : page.entries()) {
      long entryId = entry.place().id();
      if (entryId != id) {
        transaction(page.feedId(), transaction, records);
        transaction.clear();
        id = entryId;
      }
      transaction.add(entry);
    }
    transaction(page.feedId(), transaction, records);
    lanes.values().forEach(lane -> advance(lane, page));
    metrics.reached(name, page.feedId(), page.lastSeq(), page.newestSeq());
    return records;
  }

  /** How far every lane is, for heartbeats. */
  public Map<Lane, LaneOffset.Streaming> offsets() {
    return Map.copyOf(offsets);
  }

  /** Whether {@link #offsets} are to move soon with the node's log, though nothing comes. */
  public void hurry(boolean isWaitedFor) {
    reader.hurry(isWaitedFor);
  }

  /** Every record of the lane from now on says how far its incremental snapshot is. */
  public void noteAgain(Lane lane, @Nullable String lastDocId) {
    offsets.computeIfPresent(lane, (key, offset) -> offset.withAgain(lastDocId));
  }

  private void transaction(
      String feedId, List<Change<Struct>> entries, List<SourceRecord> records) {
    if (entries.isEmpty()) {
      return;
    }
    int before = records.size();
    if (lanes.size() == 1) {
      lane(lanes.values().iterator().next(), feedId, entries, records);
    } else {
      Map<String, List<Change<Struct>>> byCollection = new LinkedHashMap<>();
      for (Change<Struct> entry : entries) {
        byCollection.computeIfAbsent(entry.collection(), key -> new ArrayList<>()).add(entry);
      }
      byCollection.forEach(
          (collection, own) -> {
            @Nullable Lane lane = lanes.get(collection);
            if (lane != null) {
              lane(lane, feedId, own, records);
            }
          });
    }
    if (records.size() > before) {
      Change<Struct> last = entries.get(entries.size() - 1);
      metrics.transaction(feedId + ":" + last.place().id(), last.time());
      marks.end(records);
      onTransactionEnd.accept(records.get(records.size() - 1));
    }
  }

  private void lane(
      Lane lane, String feedId, List<Change<Struct>> entries, List<SourceRecord> records) {
    LaneOffset.Streaming offset = at(lane);
    long lastSeq = entries.get(0).place().lastSeq();
    if (lastSeq <= offset.seq()) {
      return;
    }
    List<DocumentChange> changes =
        areCommits ? LaneChanges.each(entries) : LaneChanges.fold(entries);
    var end =
        new LaneOffset.Streaming(
            feedId, lastSeq, 0, partsAfter(offset.parts(), lastSeq), offset.again());
    LaneOffset reached = offset;
    for (int i = 0; i < changes.size(); i++) {
      DocumentChange change = changes.get(i);
      Change<Struct> last = change.last();
      boolean isSent = i < offset.index();
      boolean isCovered = offset.parts().covers(last.docId(), last.seq());
      if (isSent || isCovered || !filter.hasDocument(last.docId())) {
        continue;
      }
      boolean isEnd = i == changes.size() - 1;
      LaneOffset after =
          isEnd
              ? end
              : new LaneOffset.Streaming(
                  feedId, offset.seq(), i + 1, offset.parts(), offset.again());
      boolean isEvent = !isUnwanted(change);
      boolean isAside =
          sideEvents.add(lane, feedId, change, reached, isEvent ? reached : after, records);
      if (isEvent) {
        marks.beforeEvent(lane, feedId, change, reached, records);
        mapper.map(lane, feedId, change, reached, after, records);
        metrics.event(change.op(), last.docId());
      }
      reached = isEvent || isAside ? after : reached;
    }
    offsets.put(lane, end);
  }

  private boolean isUnwanted(DocumentChange change) {
    String op = change.op();
    if (op.equals(DocumentChange.LATE) || op.equals(DocumentChange.SCHEMA)) {
      return true;
    }
    Struct after = change.last().after();
    boolean isUnwanted =
        filter.skippedOps().contains(op)
            || filter.isUnchangedSkipped()
                && op.equals("u")
                && after != null
                && after.equals(change.first().before());
    if (isUnwanted) {
      metrics.filtered();
    }
    return isUnwanted;
  }

  private void advance(Lane lane, ChangePage<?> page) {
    LaneOffset.Streaming offset = at(lane);
    if (page.lastSeq() > offset.seq()) {
      offsets.put(
          lane,
          new LaneOffset.Streaming(
              page.feedId(),
              page.lastSeq(),
              0,
              partsAfter(offset.parts(), page.lastSeq()),
              offset.again()));
    }
  }

  private LaneOffset.Streaming at(Lane lane) {
    LaneOffset.Streaming offset = offsets.get(lane);
    if (offset == null) {
      throw new IllegalStateException("a lane without an offset: " + lane);
    }
    return offset;
  }

  private static SnapshotParts partsAfter(SnapshotParts parts, long seq) {
    return parts.isEmpty() || seq >= parts.lastSeq() ? SnapshotParts.NONE : parts;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Override
  public void close() {
    reader.close();
  }
}
