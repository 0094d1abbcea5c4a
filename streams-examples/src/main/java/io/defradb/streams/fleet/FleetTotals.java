package io.defradb.streams.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.streams.events.DocumentTable;
import io.defradb.streams.events.JsonSerde;
import java.math.BigDecimal;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The topology: the documents of a collection, grouped by a field, and for each group how many live
 * and the sums of their counters. A document that changes its group, or is deleted, takes its
 * amounts with it. Sums are exact: integers of any size, decimals digit by digit.
 */
public final class FleetTotals {
  static final String STORE = "fleet-totals";

  private static final String DOCUMENTS = "fleet-documents";

  private FleetTotals() {}

  /**
   * From documents to the sums of their groups.
   *
   * @param events the source connector's topic of one collection
   * @param totals gets the sums, by the group's value
   * @param group the field that groups; a document without it is in the group {@code null}
   * @param counters the fields that are summed; one without a value counts 0
   */
  public static Topology topology(
      String events, String totals, String group, List<String> counters) {
    Serde<JsonNode> json = JsonSerde.create();
    var builder = new StreamsBuilder();
    DocumentTable.of(builder, events, DOCUMENTS)
        .mapValues(DocumentTable::document)
        .groupBy(
            (docId, document) ->
                KeyValue.pair(document.path(group).asText("null"), amounts(document, counters)),
            Grouped.with("by-group", Serdes.String(), json))
        .aggregate(
            () -> (JsonNode) JsonNodeFactory.instance.objectNode(),
            (name, amounts, total) -> sum(total, amounts, 1),
            (name, amounts, total) -> sum(total, amounts, -1),
            Materialized.<String, JsonNode, KeyValueStore<Bytes, byte[]>>as(STORE)
                .withKeySerde(Serdes.String())
                .withValueSerde(json))
        .toStream()
        .to(totals, Produced.with(Serdes.String(), json));
    return builder.build();
  }

  private static JsonNode amounts(JsonNode document, List<String> counters) {
    ObjectNode amounts = JsonNodeFactory.instance.objectNode();
    amounts.put("documents", 1);
    for (String counter : counters) {
      JsonNode value = document.path(counter);
      amounts.put(counter, value.isNumber() ? value.decimalValue() : BigDecimal.ZERO);
    }
    return amounts;
  }

  private static JsonNode sum(JsonNode total, JsonNode amounts, int sign) {
    ObjectNode sum = total.deepCopy();
    amounts
        .properties()
        .forEach(
            amount -> {
              BigDecimal before = total.path(amount.getKey()).decimalValue();
              BigDecimal change = amount.getValue().decimalValue();
              sum.put(amount.getKey(), sign > 0 ? before.add(change) : before.subtract(change));
            });
    return sum;
  }
}
