package io.defradb.connect.sink.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The fields of a structured key or value, with or without a schema, in the order written. */
record RecordFields(Map<String, Entry> entries) {

  /** A field's value and, when the record has one, its schema. */
  record Entry(@Nullable Schema schema, @Nullable Object value) {}

  /** {@code null} when {@code value} has no fields. */
  static @Nullable RecordFields of(@Nullable Object value) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    if (value instanceof Struct struct) {
      for (Field field : struct.schema().fields()) {
        entries.put(field.name(), new Entry(field.schema(), struct.get(field)));
      }
      return new RecordFields(entries);
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, item) -> entries.put(String.valueOf(name), new Entry(null, item)));
      return new RecordFields(entries);
    }
    return null;
  }

  /** The same values under other names; {@code names}: old to new. */
  static @Nullable RecordFields renamed(@Nullable RecordFields fields, Map<String, String> names) {
    if (fields == null || names.keySet().stream().noneMatch(fields::has)) {
      return fields;
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    fields.entries.forEach((name, entry) -> entries.put(names.getOrDefault(name, name), entry));
    return new RecordFields(entries);
  }

  @Nullable Entry get(String name) {
    return entries.get(name);
  }

  @Nullable Object value(String name) {
    Entry entry = entries.get(name);
    return entry == null ? null : entry.value();
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }
}
