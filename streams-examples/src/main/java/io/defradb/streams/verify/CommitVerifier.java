package io.defradb.streams.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.dag.CommitCheck;
import io.defradb.streams.events.JsonSerde;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** The topology: commits of a collection in, alarms out, by DocID. */
public final class CommitVerifier {
  private CommitVerifier() {}

  /**
   * From commits to alarms.
   *
   * @param commits the source connector's topic of one collection, {@code output.format=commit};
   *     not compacted
   * @param alarms gets what is wrong
   * @param wait how long a commit may stand without one that it follows
   */
  public static Topology topology(String commits, String alarms, CommitCheck check, Duration wait) {
    Serde<JsonNode> json = JsonSerde.create();
    var builder = new StreamsBuilder();
    for (String store : new String[] {ChainWatch.SEEN, ChainWatch.WANTED}) {
      builder.addStateStore(
          Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore(store), Serdes.String(), json));
    }
    builder.stream(commits, Consumed.with(json, json))
        .process(() -> new ChainWatch(check, wait), ChainWatch.SEEN, ChainWatch.WANTED)
        .to(alarms, Produced.with(Serdes.String(), json));
    return builder.build();
  }
}
