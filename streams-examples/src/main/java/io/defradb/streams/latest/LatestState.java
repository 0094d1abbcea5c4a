package io.defradb.streams.latest;

import io.defradb.streams.events.DocumentTable;
import io.defradb.streams.events.JsonSerde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The topology: events of one collection, by DocID, folded into the newest image of each document.
 * The table topic holds only live documents: it gets the document, or null.
 */
public final class LatestState {
  public static final String STORE = "latest-state";

  private LatestState() {}

  /**
   * From events to the newest images.
   *
   * @param events the source connector's topic of one collection
   * @param table gets the current document by DocID; compact it
   */
  public static Topology topology(String events, String table) {
    var builder = new StreamsBuilder();
    DocumentTable.of(builder, events, STORE)
        .toStream()
        .mapValues(DocumentTable::document)
        .to(table, Produced.with(Serdes.String(), JsonSerde.create()));
    return builder.build();
  }
}
