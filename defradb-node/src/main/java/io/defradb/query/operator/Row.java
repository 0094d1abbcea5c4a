package io.defradb.query.operator;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.query.plan.Relation;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What flows between operators: a document, a row of a view, a commit, or a group of them. It holds
 * what was computed for it in numbered slots. For one thread.
 */
abstract class Row {
  private Value @Nullable [] slots;

  /**
   * A value by its number: for documents and rows of views the position among the collection's
   * fields, for commits the ordinal of {@code plan.CommitField}.
   */
  abstract Value value(int index);

  /** Prints the same. */
  abstract void writeValue(int index, FieldKind kind, JsonWriter out);

  /** Bytes that keeping it holds, about. */
  abstract long heldBytes();

  /** Of a group; empty for what is none. */
  List<Row> members() {
    return List.of();
  }

  /** The rows of a view that stand inside this one, in the field of that name. */
  List<Row> embedded(Relation relation) {
    return List.of();
  }

  /** The document it is; for a group its first member's; null for a commit. */
  @Nullable StoredDocument document() {
    return null;
  }

  /** The commit it is; for a group its first member's; null for a document. */
  @Nullable CommitRow commit() {
    return null;
  }

  /** The document's DocID; throws for what is none. */
  final DocId docId() {
    StoredDocument document = document();
    if (document == null) {
      throw new IllegalStateException("a commit has no document row");
    }
    return document.docId();
  }

  final @Nullable Value slot(int slot) {
    Value[] filled = slots;
    return filled == null || slot >= filled.length ? null : filled[slot];
  }

  final void fill(int slot, Value value) {
    Value[] filled = slots;
    if (filled == null) {
      filled = new Value[slot + 1];
    } else if (slot >= filled.length) {
      filled = Arrays.copyOf(filled, slot + 1);
    }
    filled[slot] = value;
    slots = filled;
  }
}
