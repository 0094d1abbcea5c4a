package io.defradb.query.operator;

import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.query.plan.Relation;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of a view: a JSON object, seen through the fields that the view declares. What a field
 * holds is printed as it is, and compared as the declared kind where it can be taken for one.
 */
final class ViewRow extends Row {
  private static final long OVERHEAD_BYTES = 128;

  private final CollectionVersion view;
  private final Value.Fields members;
  private final long sizeBytes;

  /** {@code jsonBytes}: the length of the JSON that {@code members} were read from. */
  ViewRow(CollectionVersion view, Value.Fields members, long jsonBytes) {
    this.view = view;
    this.members = members;
    this.sizeBytes = OVERHEAD_BYTES + 4 * jsonBytes;
  }

  @Override
  long heldBytes() {
    return sizeBytes;
  }

  @Override
  Value value(int index) {
    if (index < 0) {
      return Value.NULL;
    }
    CollectionField field = view.fields().get(index);
    Value value = members.values().getOrDefault(field.name(), Value.NULL);
    return field.kind() instanceof SchemaFieldKind.Scalar scalar
        ? ViewValues.as(scalar.kind(), value)
        : value;
  }

  @Override
  void writeValue(int index, FieldKind kind, JsonWriter out) {
    String name = view.fields().get(index).name();
    out.value(members.values().getOrDefault(name, Value.NULL));
  }

  @Override
  List<Row> embedded(Relation relation) {
    Value inside = members.values().getOrDefault(relation.name(), Value.NULL);
    List<Value> items = inside instanceof Value.Items list ? list.values() : List.of(inside);
    var rows = new ArrayList<Row>(items.size());
    for (Value item : items) {
      if (item instanceof Value.Fields fields) {
        rows.add(new ViewRow(relation.target(), fields, sizeBytes / 4));
      }
    }
    return rows;
  }
}
