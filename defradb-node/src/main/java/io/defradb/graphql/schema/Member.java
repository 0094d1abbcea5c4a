package io.defradb.graphql.schema;

import io.defradb.document.FieldKind;
import io.defradb.schema.CollectionVersion;
import org.jspecify.annotations.Nullable;

/** A field of a collection as requests see it: one of three. */
public sealed interface Member {
  String name();

  /**
   * A value.
   *
   * @param isRelationKey holds the docID of a single relation, {@code <relation>_id}
   * @param isWritable may be given in a mutation
   */
  record Scalar(String name, FieldKind kind, boolean isRelationKey, boolean isWritable)
      implements Member {}

  /** One related document. {@code isPrimary}: this side holds the key, and may be written. */
  record One(String name, CollectionVersion target, boolean isPrimary) implements Member {}

  /** Any number of related documents. */
  record Many(String name, CollectionVersion target) implements Member {}

  /** The target of a relation; {@code null} for a value. */
  default @Nullable CollectionVersion related() {
    if (this instanceof One one) {
      return one.target();
    }
    return this instanceof Many many ? many.target() : null;
  }
}
