package io.defradb.streams.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Change events of one collection, folded into a row a document: the start of every example that
 * wants documents and not commits.
 *
 * <p>Events that were delivered again, or late, change nothing: a row remembers the {@code seq} it
 * is of. A delete stays as a marked row, so that an older update cannot bring the document back; a
 * key that is used again makes a new document with a DocID of its own. Another feed's event counts
 * when it was written later, and brings a deleted document back only by saying that it is there.
 */
public final class DocumentTable {
  private static final String SEQ = "seq";
  private static final String FEED = "feedId";
  private static final String MILLIS = "ts_ms";
  private static final String VERSION = "schemaVersion";
  private static final String DOCUMENT = "document";

  private DocumentTable() {}

  /**
   * The rows, by DocID.
   *
   * @param events the source connector's topic of one collection
   * @param store where the rows are kept, by DocID
   */
  public static KTable<String, JsonNode> of(StreamsBuilder builder, String events, String store) {
    Serde<JsonNode> json = JsonSerde.create();
    KStream<String, JsonNode> byDocId =
        builder.stream(events, Consumed.with(json, json))
            .filter((key, value) -> value != null) // tombstones repeat what the delete event said
            .selectKey((key, value) -> ChangeEvent.docId(key));
    return byDocId
        .groupByKey(Grouped.with("by-docid", Serdes.String(), json))
        .aggregate(
            () -> (JsonNode) JsonNodeFactory.instance.objectNode(),
            (docId, event, row) -> fold(ChangeEvent.parse(event), row),
            Materialized.<String, JsonNode, KeyValueStore<Bytes, byte[]>>as(store)
                .withKeySerde(Serdes.String())
                .withValueSerde(json));
  }

  /** A row's document; {@code null} for a deleted one. */
  public static @Nullable JsonNode document(@Nullable JsonNode row) {
    return row == null ? null : row.get(DOCUMENT);
  }

  /** The collection version that a row's document is of. */
  public static String version(JsonNode row) {
    return row.path(VERSION).asText();
  }

  /** The newer of the row and the event. */
  private static JsonNode fold(ChangeEvent event, JsonNode row) {
    if (!row.isEmpty() && !isNewer(event, row)) {
      return row;
    }
    ObjectNode newer = JsonNodeFactory.instance.objectNode();
    newer.put(FEED, event.feedId());
    newer.put(SEQ, event.seq());
    newer.put(MILLIS, event.millis());
    newer.put(VERSION, event.schemaVersion());
    if (!event.isDelete()) {
      newer.set(DOCUMENT, event.after());
    }
    return newer;
  }

  private static boolean isNewer(ChangeEvent event, JsonNode row) {
    boolean isDeleted = !row.has(DOCUMENT);
    if (row.path(FEED).asText().equals(event.feedId())) {
      return !isDeleted && event.seq() > row.path(SEQ).asLong();
    }
    boolean isThere = event.op().equals("r") || event.op().equals("c");
    return event.millis() >= row.path(MILLIS).asLong() && (!isDeleted || isThere);
  }
}
