package io.defradb.streams.latest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.streams.events.ChangeEvent;
import io.defradb.streams.events.JsonSerde;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The topology: events of one collection, by DocID, folded into the newest image of each document.
 *
 * <p>Events that were delivered again, or late, change nothing: a row remembers the {@code seq} it
 * is of, a delete stays as a marked row, so that an older update cannot bring the document back.
 * The table topic holds only live documents: it gets the document, or null.
 */
public final class LatestState {
  public static final String STORE = "latest-state";

  private static final String SEQ = "seq";
  private static final String FEED = "feedId";
  private static final String DOCUMENT = "document";

  private LatestState() {}

  /**
   * @param events the source connector's topic of one collection
   * @param table gets the current document by DocID; compact it
   */
  public static Topology topology(String events, String table) {
    Serde<JsonNode> json = JsonSerde.create();
    var builder = new StreamsBuilder();
    KStream<String, JsonNode> byDocId =
        builder.stream(events, Consumed.with(json, json))
            .filter((key, value) -> value != null) // tombstones repeat what the delete event said
            .selectKey((key, value) -> ChangeEvent.docId(key));
    byDocId
        .groupByKey(Grouped.with("by-docid", Serdes.String(), json))
        .aggregate(
            () -> (JsonNode) JsonNodeFactory.instance.objectNode(),
            (docId, event, row) -> fold(ChangeEvent.parse(event), row),
            Materialized.<String, JsonNode, KeyValueStore<Bytes, byte[]>>as(STORE)
                .withKeySerde(Serdes.String())
                .withValueSerde(json))
        .toStream()
        .mapValues(LatestState::document)
        .to(table, Produced.with(Serdes.String(), json));
    return builder.build();
  }

  /** The newer of the row and the event. */
  private static JsonNode fold(ChangeEvent event, JsonNode row) {
    boolean isSameFeed = row.path(FEED).asText("").equals(event.feedId());
    if (isSameFeed && event.seq() <= row.path(SEQ).asLong()) {
      return row;
    }
    ObjectNode newer = JsonNodeFactory.instance.objectNode();
    newer.put(FEED, event.feedId());
    newer.put(SEQ, event.seq());
    if (!event.isDelete()) {
      newer.set(DOCUMENT, event.after());
    }
    return newer;
  }

  /** A row's document; {@code null} for a deleted one. */
  public static @Nullable JsonNode document(@Nullable JsonNode row) {
    return row == null ? null : row.get(DOCUMENT);
  }
}
