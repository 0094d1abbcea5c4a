package io.defradb.connect.sink.mapping;

import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.document.FieldKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the collection that takes a record, and makes it fit where the settings allow: creates it,
 * adds the fields it lacks. Fields are never changed or removed.
 */
final class ShapeFitter {
  private static final Pattern NAME = Pattern.compile("(?!__)[_A-Za-z][_0-9A-Za-z]*");

  private final SinkSettings settings;
  private final Collections collections;

  ShapeFitter(SinkSettings settings, Collections collections) {
    this.settings = settings;
    this.collections = collections;
  }

  CollectionShape fit(String collection, @Nullable RecordFields key, RecordFields values) {
    CollectionShape shape = collections.find(collection);
    if (shape == null) {
      shape = collections.findAgain(collection);
    }
    if (shape == null) {
      return create(collection, key, values);
    }
    if (lacking(shape, key, values).isEmpty()) {
      return shape;
    }
    CollectionShape now = collections.findAgain(collection);
    Map<String, FieldKind> lacking = lacking(now == null ? shape : now, key, values);
    if (lacking.isEmpty() || !settings.isEvolving()) {
      return now == null ? shape : now;
    }
    lacking.keySet().forEach(name -> requireName("field", name));
    return collections.widen(collection, lacking);
  }

  private CollectionShape create(
      String collection, @Nullable RecordFields key, RecordFields values) {
    if (!settings.isCreating() || key == null) {
      throw new UnmappableRecord("the node has no such collection", Map.of("Name", collection));
    }
    requireName("collection", collection);
    Map<String, FieldKind> fields = new LinkedHashMap<>();
    collect(fields, key);
    collect(fields, values);
    fields.keySet().forEach(name -> requireName("field", name));
    return collections.create(collection, fields);
  }

  private Map<String, FieldKind> lacking(
      CollectionShape shape, @Nullable RecordFields key, RecordFields values) {
    if (values.entries().keySet().stream().allMatch(shape::has)
        && (key == null || key.entries().keySet().stream().allMatch(shape::has))) {
      return Map.of();
    }
    Map<String, FieldKind> lacking = new LinkedHashMap<>();
    if (key != null) {
      collect(lacking, key);
    }
    collect(lacking, values);
    lacking.keySet().removeIf(shape::has);
    return lacking;
  }

  private static void collect(Map<String, FieldKind> fields, RecordFields record) {
    record
        .entries()
        .forEach(
            (name, entry) -> {
              FieldKind kind = FieldTypes.of(entry);
              if (kind != null) {
                fields.put(name, kind);
              }
            });
  }

  private static void requireName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new UnmappableRecord(
          "a name cannot be used in a schema: rename it (field.rename, collection.name.format)",
          Map.of("Of", what, "Name", name));
    }
  }
}
