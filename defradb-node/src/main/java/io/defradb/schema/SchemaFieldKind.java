package io.defradb.schema;

import io.defradb.document.FieldKind;

/**
 * The kind of a field: a scalar or list, or a relation in one of its written forms (data-model
 * 4.2).
 */
public sealed interface SchemaFieldKind {

  /** A value. */
  record Scalar(FieldKind kind) implements SchemaFieldKind {}

  /** A relation to a type by name, before it is resolved. */
  record Named(String name, boolean isArray) implements SchemaFieldKind {}

  /** A relation to another collection. {@code root}: its collection ID. */
  record CollectionRef(String root, boolean isArray) implements SchemaFieldKind {}

  /**
   * A relation to a member of the own set of types; {@code relativeId} is empty for the type
   * itself.
   */
  record SelfRef(String relativeId, boolean isArray) implements SchemaFieldKind {}

  /** A number that is no kind, as a patch may propose it; refused before anything is stored. */
  record Unknown(int number) implements SchemaFieldKind {}

  default boolean isRelation() {
    return !(this instanceof Scalar || this instanceof Unknown);
  }

  /** True for list kinds and for the many side of a relation. */
  default boolean isArray() {
    if (this instanceof Scalar scalar) {
      return scalar.kind().isArray();
    }
    if (this instanceof Named named) {
      return named.isArray();
    }
    if (this instanceof CollectionRef ref) {
      return ref.isArray();
    }
    return this instanceof SelfRef self && self.isArray();
  }

  /** As it reads in messages: {@code Int}, {@code [Book]}, {@code Self-1}, a collection ID. */
  default String text() {
    if (this instanceof Scalar scalar) {
      return scalar.kind().sdl();
    }
    if (this instanceof Unknown unknown) {
      return Integer.toString(unknown.number());
    }
    String target;
    if (this instanceof Named named) {
      target = named.name();
    } else if (this instanceof CollectionRef ref) {
      target = ref.root();
    } else {
      String relativeId = ((SelfRef) this).relativeId();
      target = relativeId.isEmpty() ? "Self" : "Self-" + relativeId;
    }
    return isArray() ? "[" + target + "]" : target;
  }
}
