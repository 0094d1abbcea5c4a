package io.defradb.connect.source.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.connect.source.settings.SourceSettings.OutputFormat;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Turns changes and snapshot lines into records of the chosen format. For one thread. */
public final class EventMapper {
  private final SourceSettings settings;
  private final String version;
  private final Clock clock;
  private final Function<String, CollectionDescription> descriptions;
  private final Map<String, EventSchemas> schemas = new HashMap<>();

  /** {@code descriptions}: by schema version ID. */
  public EventMapper(
      SourceSettings settings,
      String version,
      Clock clock,
      Function<String, CollectionDescription> descriptions) {
    this.settings = settings;
    this.version = version;
    this.clock = clock;
    this.descriptions = descriptions;
  }

  /**
   * The records of one change: one, or two where a tombstone follows a delete.
   *
   * @param reached the lane's offset before the change; all but the last record carry it
   * @param after the lane's offset once the change is sent
   */
  public List<SourceRecord> map(
      Lane lane, String feedId, DocumentChange change, LaneOffset reached, LaneOffset after) {
    JsonNode entry = change.last();
    CollectionDescription collection = descriptions.apply(entry.path("schemaVersionID").asText());
    EventSchemas types = types(collection);
    Instant time = Instant.parse(entry.path("time").asText());
    Struct source = source(types, feedId, entry, "false", time);
    Struct transaction = new Struct(types.transaction());
    JsonNode txn = entry.path("txn");
    transaction.put("id", feedId + ":" + txn.path("id").asLong());
    transaction.put("total_order", txn.path("index").asLong() + 1);
    transaction.put("data_collection_order", (long) change.order());
    @Nullable Struct rowBefore = RowMapper.row(types.row(), collection, change.before());
    @Nullable Struct rowAfter = RowMapper.row(types.row(), collection, change.after());
    List<SourceRecord> records = new ArrayList<>(2);
    boolean isDelete = change.op().equals("d");
    if (settings.format() == OutputFormat.DOCUMENT) {
      records.add(record(lane, types, entry, after, time, isDelete ? null : types.row(), rowAfter));
      return records;
    }
    Struct value =
        envelope(types, change.op(), source, rowBefore, rowAfter).put("transaction", transaction);
    boolean isFollowed = isDelete && settings.areTombstonesSent();
    records.add(
        record(lane, types, entry, isFollowed ? reached : after, time, types.envelope(), value));
    if (isFollowed) {
      records.add(record(lane, types, entry, after, time, null, null));
    }
    return records;
  }

  /** The record of one document of a snapshot. */
  public SourceRecord read(
      Lane lane, String feedId, JsonNode line, boolean isLast, LaneOffset offset) {
    CollectionDescription collection = descriptions.apply(line.path("schemaVersionID").asText());
    EventSchemas types = types(collection);
    Instant time = clock.instant();
    @Nullable Struct after = RowMapper.row(types.row(), collection, line.path("document"));
    if (settings.format() == OutputFormat.DOCUMENT) {
      return record(lane, types, line, offset, time, types.row(), after);
    }
    Struct source = source(types, feedId, line, isLast ? "last" : "true", time);
    return record(
        lane,
        types,
        line,
        offset,
        time,
        types.envelope(),
        envelope(types, "r", source, null, after));
  }

  private EventSchemas types(CollectionDescription collection) {
    return schemas.computeIfAbsent(
        collection.schemaVersionId(),
        id -> EventSchemas.of(settings.topic(collection.name()), collection));
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
      EventSchemas types, String feedId, JsonNode entry, String snapshot, Instant time) {
    List<String> heads = new ArrayList<>();
    entry.path("heads").forEach(head -> heads.add(head.asText()));
    JsonNode origin = entry.path("origin");
    return new Struct(types.source())
        .put("version", version)
        .put("connector", "defradb")
        .put("name", settings.topicPrefix())
        .put("ts_ms", time.toEpochMilli())
        .put("ts_us", micros(time))
        .put("ts_ns", nanos(time))
        .put("snapshot", snapshot)
        .put("db", settings.topicPrefix())
        .put("table", entry.path("collection").asText())
        .put("collection", entry.path("collection").asText())
        .put("feedId", feedId)
        .put("seq", entry.path("seq").asLong())
        .put("docID", entry.path("docID").asText())
        .put("cid", entry.path("cid").asText())
        .put("height", entry.path("height").asLong())
        .put("heads", heads)
        .put("origin", optional(origin.path("kind")))
        .put("peer", optional(origin.path("peer")))
        .put("signer", optional(entry.path("signer")))
        .put("schemaVersion", entry.path("schemaVersionID").asText());
  }

  private SourceRecord record(
      Lane lane,
      EventSchemas types,
      JsonNode entry,
      LaneOffset offset,
      Instant time,
      @Nullable Schema schema,
      @Nullable Object value) {
    var headers = new ConnectHeaders();
    headers.addLong("defradb.seq", entry.path("seq").asLong());
    headers.addString("defradb.cid", entry.path("cid").asText());
    headers.addString("defradb.schemaVersionID", entry.path("schemaVersionID").asText());
    Struct key = new Struct(types.key()).put("docID", entry.path("docID").asText());
    return new SourceRecord(
        lane.toPartition(),
        offset.toMap(),
        settings.topic(lane.collection()),
        null,
        types.key(),
        key,
        schema,
        value,
        time.toEpochMilli(),
        headers);
  }

  private static @Nullable String optional(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }
}
