package io.defradb.schema;

import io.defradb.crdt.CrdtType;
import io.defradb.document.Value;
import org.jspecify.annotations.Nullable;

/**
 * A field of a collection as one node sees it: what the schema says and the local additions.
 *
 * @param name as users write it; {@code <relation>_id} for the key of a relation
 * @param kind resolved: {@code Scalar}, {@code CollectionRef} or {@code SelfRef}
 * @param crdt the merge rule; fields that hold no value of their own (list sides, secondary sides)
 *     have NONE
 * @param relationName of relation fields and their keys
 * @param isPrimary on a relation field: this side holds the foreign key {@code <name>_id}
 * @param isInSchema false for local fields: the secondary side, list sides
 * @param isPatched came by a patch: the description then prints null for kind and relation name
 * @param defaultValue given to a create that does not name the field; {@code null}: none
 * @param sizeRequired exact length of a list; 0: any
 */
public record CollectionField(
    String name,
    SchemaFieldKind kind,
    CrdtType crdt,
    @Nullable String relationName,
    boolean isPrimary,
    boolean isInSchema,
    boolean isPatched,
    @Nullable Value defaultValue,
    int sizeRequired) {

  /** True for a field that documents of this collection store a value for. */
  public boolean isStored() {
    return isInSchema && !kind.isRelation() && !name.equals("_docID");
  }
}
