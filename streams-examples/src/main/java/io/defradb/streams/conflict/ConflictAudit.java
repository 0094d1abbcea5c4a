package io.defradb.streams.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.streams.events.JsonSerde;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The topology: commits of a collection, an event for each value that a concurrent one replaced,
 * and the number of these by winner, loser and window.
 */
public final class ConflictAudit {
  private ConflictAudit() {}

  /**
   * From commits to conflicts and their counts.
   *
   * @param commits the source connector's topic of one collection, {@code output.format=commit};
   *     not compacted
   * @param conflicts gets the events, by DocID
   * @param pairs gets the counts, by {@code winner>loser}
   */
  public static Topology topology(String commits, String conflicts, String pairs, Duration window) {
    Serde<JsonNode> json = JsonSerde.create();
    var builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(ConflictFinder.REGISTERS), Serdes.String(), json));
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(ConflictFinder.SEEN), Serdes.String(), Serdes.String()));
    KStream<String, JsonNode> found =
        builder.stream(commits, Consumed.with(json, json))
            .process(ConflictFinder::new, ConflictFinder.REGISTERS, ConflictFinder.SEEN);
    found.to(conflicts, Produced.with(Serdes.String(), json));
    found
        .groupBy(
            (docId, conflict) -> author(conflict, "winner") + ">" + author(conflict, "loser"),
            Grouped.with("by-pair", Serdes.String(), json))
        .windowedBy(TimeWindows.ofSizeWithNoGrace(window))
        .count(
            Materialized.<String, Long, WindowStore<Bytes, byte[]>>as("conflicts-by-pair")
                .withKeySerde(Serdes.String())
                .withValueSerde(Serdes.Long()))
        .toStream()
        .map((pair, count) -> KeyValue.pair(pair.key(), row(pair, count)))
        .to(pairs, Produced.with(Serdes.String(), json));
    return builder.build();
  }

  private static JsonNode row(Windowed<String> pair, long count) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    int cut = pair.key().indexOf('>');
    row.put("winner", pair.key().substring(0, cut));
    row.put("loser", pair.key().substring(cut + 1));
    row.put("window", pair.window().startTime().toString());
    row.put("conflicts", count);
    return row;
  }

  private static String author(JsonNode conflict, String side) {
    return conflict.path(side).path("author").asText();
  }
}
