package io.defradb.streams.evolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.streams.events.DocumentTable;
import io.defradb.streams.events.JsonSerde;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/**
 * The topology: documents of any version of a collection in, rows of the reader's shape out. Fields
 * that the reader does not know are kept under {@code _more}, values that do not fit their column
 * are told under {@code _faults} and are null in it: nothing stops, and nothing is lost.
 */
public final class Materialisation {
  static final String STORE = "documents-of-any-version";

  private Materialisation() {}

  /**
   * From documents to rows of the reader's shape.
   *
   * @param events the source connector's topic of one collection
   * @param rows gets the rows by DocID, null for a deleted document; compact it
   */
  public static Topology topology(String events, String rows, List<Column> columns) {
    Set<String> known = new HashSet<>();
    columns.forEach(column -> known.addAll(column.names()));
    var builder = new StreamsBuilder();
    DocumentTable.of(builder, events, STORE)
        .toStream()
        .mapValues(row -> row(row, columns, known))
        .to(rows, Produced.with(Serdes.String(), JsonSerde.create()));
    return builder.build();
  }

  private static @Nullable JsonNode row(JsonNode from, List<Column> columns, Set<String> known) {
    JsonNode document = DocumentTable.document(from);
    if (document == null) {
      return null;
    }
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    ObjectNode faults = JsonNodeFactory.instance.objectNode();
    for (Column column : columns) {
      JsonNode value = column.value(document);
      try {
        row.set(column.name(), column.fitted(value));
      } catch (IllegalArgumentException | ArithmeticException e) {
        row.putNull(column.name());
        faults.put(
            column.name(), value + " is no " + column.type().name().toLowerCase(Locale.ROOT));
      }
    }
    ObjectNode more = JsonNodeFactory.instance.objectNode();
    document
        .properties()
        .forEach(
            field -> {
              if (!known.contains(field.getKey()) && !field.getValue().isNull()) {
                more.set(field.getKey(), field.getValue());
              }
            });
    row.put("_version", DocumentTable.version(from));
    if (!more.isEmpty()) {
      row.set("_more", more);
    }
    if (!faults.isEmpty()) {
      row.set("_faults", faults);
    }
    return row;
  }
}
