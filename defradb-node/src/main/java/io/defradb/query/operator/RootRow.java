package io.defradb.query.operator;

import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;

/** The row above the rows at the top: nothing. */
final class RootRow extends Row {

  @Override
  Value value(int index) {
    return Value.NULL;
  }

  @Override
  long heldBytes() {
    return 0;
  }

  @Override
  void writeValue(int index, FieldKind kind, JsonWriter out) {
    out.nullValue();
  }
}
