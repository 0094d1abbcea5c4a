package io.defradb.query.operator;

import io.defradb.db.StoredDocument;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.query.plan.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows with equal keys. Its values are those of the last of them, as in the reference. */
final class GroupRow extends Row {
  private static final long OVERHEAD_BYTES = 256;

  private final Row first;
  private Row last;
  private final List<Row> members = new ArrayList<>();

  GroupRow(Row first) {
    this.first = first;
    this.last = first;
  }

  /** A further row, which is not kept as a member. */
  void pass(Row row) {
    last = row;
  }

  void add(Row member) {
    last = member;
    members.add(member);
  }

  @Override
  List<Row> members() {
    return members;
  }

  @Override
  @Nullable StoredDocument document() {
    return first.document();
  }

  @Override
  @Nullable CommitRow commit() {
    return last.commit();
  }

  @Override
  List<Row> embedded(Relation relation) {
    return first.embedded(relation);
  }

  @Override
  long heldBytes() {
    return OVERHEAD_BYTES + first.heldBytes();
  }

  @Override
  Value value(int index) {
    return last.value(index);
  }

  @Override
  void writeValue(int index, FieldKind kind, JsonWriter out) {
    last.writeValue(index, kind, out);
  }
}
