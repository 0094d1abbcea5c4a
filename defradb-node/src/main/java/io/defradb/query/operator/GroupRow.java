package io.defradb.query.operator;

import io.defradb.db.StoredDocument;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.query.plan.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows with equal keys; reads as the first of them. */
final class GroupRow extends Row {
  private static final long OVERHEAD_BYTES = 256;

  private final Row first;
  private final List<Row> members = new ArrayList<>();

  GroupRow(Row first) {
    this.first = first;
  }

  void add(Row member) {
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
    return representative().commit();
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
    return representative().value(index);
  }

  @Override
  void writeValue(int index, FieldKind kind, JsonWriter out) {
    representative().writeValue(index, kind, out);
  }

  /** What a group of commits answers beside its keys is its last member's. */
  private Row representative() {
    boolean isOfCommits = first.commit() != null && !members.isEmpty();
    return isOfCommits ? members.get(members.size() - 1) : first;
  }
}
