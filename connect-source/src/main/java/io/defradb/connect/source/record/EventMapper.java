package io.defradb.connect.source.record;

import io.defradb.client.Change;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.connect.source.settings.SourceSettings.OutputFormat;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Turns changes and documents of snapshots into records of the chosen format. For one thread. */
public final class EventMapper {
  /** Header with the entry's number. */
  public static final String SEQ = "defradb.seq";

  /** As Debezium begins the names of the headers that say who has sent a record. */
  private static final String CONTEXT = "__debezium.context.";

  private final SourceSettings settings;
  private final String task;
  private final String version;
  private final Clock clock;
  private final VersionSchemas schemas;
  private final Claims claims;
  private @Nullable Lane lastLane;
  private Map<String, Object> lastPartition = Map.of();

  /** {@code task}: its number among the connector's. */
  public EventMapper(
      SourceSettings settings, int task, String version, Clock clock, VersionSchemas schemas) {
    this.settings = settings;
    this.task = String.valueOf(task);
    this.version = version;
    this.clock = clock;
    this.schemas = schemas;
    this.claims = new Claims(settings.look().oversize());
  }

  /**
   * Adds the records of one change: one, or two where a tombstone follows a delete.
   *
   * @param reached the lane's offset before the change; all but the last record carry it
   * @param after the lane's offset once the change is sent
   */
  public void map(
      Lane lane,
      String feedId,
      DocumentChange change,
      LaneOffset reached,
      LaneOffset after,
      List<SourceRecord> records) {
    Change<Struct> entry = change.last();
    EventSchemas types = schemas.of(entry.schemaVersionId());
    Instant time = time(entry);
    boolean isDelete = change.op().equals("d");
    if (settings.format() == OutputFormat.COMMIT) {
      Struct row = CommitRows.row(types.commit(), feedId, entry, time.toEpochMilli());
      records.add(record(lane, types, entry, after, time, types.commit(), row));
      return;
    }
    if (settings.format() == OutputFormat.DOCUMENT) {
      Claims.Fitted fitted = claims.fit(entry, null, entry.after());
      Schema schema = isDelete ? null : types.row();
      records.add(
          claimed(
              record(lane, types, entry, after, time, schema, fitted.after()), fitted.leftOut()));
      return;
    }
    Claims.Fitted fitted =
        claims.fit(entry, RowReader.as(types, change.first().before()), entry.after());
    Struct transaction = new Struct(types.transaction());
    transaction.put("id", feedId + ":" + entry.place().id());
    transaction.put("total_order", entry.place().index() + 1);
    transaction.put("data_collection_order", (long) change.order());
    Struct value =
        envelope(
                types,
                change.op(),
                source(types, feedId, entry, "false", time),
                fitted.before(),
                fitted.after())
            .put("transaction", transaction);
    boolean isFollowed = isDelete && settings.areTombstonesSent();
    records.add(
        claimed(
            record(lane, types, entry, isFollowed ? reached : after, time, types.envelope(), value),
            fitted.leftOut()));
    if (isFollowed) {
      records.add(record(lane, types, entry, after, time, null, null));
    }
  }

  /**
   * The record of one document of a snapshot.
   *
   * @param snapshot {@code first}, {@code true}, {@code last} or {@code incremental}
   */
  public SourceRecord read(
      Lane lane, String feedId, Change<Struct> document, String snapshot, LaneOffset offset) {
    EventSchemas types = schemas.of(document.schemaVersionId());
    Instant time = time(document);
    Claims.Fitted fitted = claims.fit(document, null, document.after());
    if (settings.format() == OutputFormat.DOCUMENT) {
      return claimed(
          record(lane, types, document, offset, time, types.row(), fitted.after()),
          fitted.leftOut());
    }
    Struct source = source(types, feedId, document, snapshot, time);
    Struct value = envelope(types, "r", source, null, fitted.after());
    return claimed(
        record(lane, types, document, offset, time, types.envelope(), value), fitted.leftOut());
  }

  private static SourceRecord claimed(SourceRecord record, List<String> leftOut) {
    if (!leftOut.isEmpty()) {
      record.headers().addString(Claims.HEADER, String.join(",", leftOut));
    }
    return record;
  }

  private Instant time(Change<?> change) {
    Instant time = change.time();
    return time == null ? clock.instant() : time;
  }

  private Struct envelope(
      EventSchemas types,
      String op,
      Struct source,
      @Nullable Struct before,
      @Nullable Struct after) {
    Instant now = clock.instant();
    return new Struct(types.envelope())
        .put("before", before)
        .put("after", after)
        .put("source", source)
        .put("op", op)
        .put("ts_ms", now.toEpochMilli())
        .put("ts_us", micros(now))
        .put("ts_ns", nanos(now));
  }

  private Struct source(
      EventSchemas types, String feedId, Change<?> entry, String snapshot, Instant time) {
    return new Struct(types.source())
        .put("version", version)
        .put("connector", "defradb")
        .put("name", settings.topicPrefix())
        .put("ts_ms", time.toEpochMilli())
        .put("ts_us", micros(time))
        .put("ts_ns", nanos(time))
        .put("snapshot", snapshot)
        .put("db", settings.topicPrefix())
        .put("table", entry.collection())
        .put("collection", entry.collection())
        .put("feedId", feedId)
        .put("seq", entry.seq())
        .put("docID", entry.docId())
        .put("cid", entry.cid())
        .put("height", entry.height())
        .put("heads", entry.heads())
        .put("origin", entry.origin())
        .put("peer", entry.peer())
        .put("signer", entry.signer())
        .put("schemaVersion", entry.schemaVersionId());
  }

  private SourceRecord record(
      Lane lane,
      EventSchemas types,
      Change<?> entry,
      LaneOffset offset,
      Instant time,
      @Nullable Schema schema,
      @Nullable Object value) {
    var headers = new ConnectHeaders();
    headers.addLong(SEQ, entry.seq());
    headers.addString("defradb.cid", entry.cid());
    headers.addString("defradb.schemaVersionID", entry.schemaVersionId());
    if (settings.look().areHeadersExtended()) {
      headers.addString(CONTEXT + "connectorLogicalName", settings.topicPrefix());
      headers.addString(CONTEXT + "connectorName", settings.name());
      headers.addString(CONTEXT + "taskId", task);
    }
    return new SourceRecord(
        partition(lane),
        offset.toMap(),
        types.topic(),
        null,
        types.key(),
        new Struct(types.key()).put("docID", entry.docId()),
        schema,
        value,
        time.toEpochMilli(),
        headers);
  }

  /** Made once for the records of a lane, which mostly come together. */
  private Map<String, Object> partition(Lane lane) {
    if (lane != lastLane) {
      lastLane = lane;
      lastPartition = lane.toPartition();
    }
    return lastPartition;
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }
}
