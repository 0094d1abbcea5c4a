package io.defradb.streams.enrich;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.streams.events.ChangeEvent;
import io.defradb.streams.events.DocumentTable;
import io.defradb.streams.events.JsonSerde;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/**
 * The topology: each document is joined, by a field of it, with the row of another system's table,
 * and what differs goes out as an update for the sink: key {@code {"docID"}}, value the fields to
 * set. A document that already has the values gets nothing, so that the circle of node, topic and
 * sink comes to rest; a deleted one never gets anything.
 */
public final class Enrichment {
  private static final String DOCUMENTS = "documents-to-enrich";

  private Enrichment() {}

  /**
   * From documents and the other table to updates.
   *
   * @param events the source connector's topic of one collection
   * @param reference the other system's topic, keyed by what the document's field holds
   * @param updates gets the updates
   * @param foreignKey the document's field
   * @param fields names in the other system's rows, to names of the document's fields
   */
  public static Topology topology(
      String events,
      String reference,
      String updates,
      String foreignKey,
      Map<String, String> fields) {
    Serde<JsonNode> json = JsonSerde.create();
    var builder = new StreamsBuilder();
    KTable<String, JsonNode> rows =
        builder.table(
            reference,
            Consumed.with(Serdes.String(), json),
            Materialized.with(Serdes.String(), json));
    DocumentTable.of(builder, events, DOCUMENTS)
        .mapValues(DocumentTable::document, Materialized.with(Serdes.String(), json))
        .leftJoin(
            rows,
            (docId, document) -> key(document.path(foreignKey)),
            (document, row) -> update(document, row, fields),
            Materialized.with(Serdes.String(), json))
        .toStream()
        .filter((docId, update) -> update != null && !update.isEmpty())
        .map((docId, update) -> KeyValue.pair(key(docId), update))
        .to(updates, Produced.with(json, json));
    return builder.build();
  }

  private static @Nullable String key(JsonNode value) {
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  private static JsonNode key(String docId) {
    return JsonNodeFactory.instance.objectNode().put("docID", docId);
  }

  /** What the document does not have yet; a row that is gone clears its values. */
  private static @Nullable JsonNode update(
      @Nullable JsonNode document, @Nullable JsonNode row, Map<String, String> fields) {
    if (document == null) {
      return null;
    }
    JsonNode values =
        row == null ? JsonNodeFactory.instance.objectNode() : ChangeEvent.payload(row);
    ObjectNode update = JsonNodeFactory.instance.objectNode();
    fields.forEach(
        (from, to) -> {
          JsonNode wanted = values.path(from);
          JsonNode present = document.path(to);
          boolean isSame = isAbsent(wanted) ? isAbsent(present) : wanted.equals(present);
          if (!isSame) {
            update.set(to, isAbsent(wanted) ? JsonNodeFactory.instance.nullNode() : wanted);
          }
        });
    return update;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
