package io.defradb.query.plan;

import io.defradb.document.FieldKind;
import java.util.List;

/** One member of an answered object. */
public sealed interface Output {
  /** What an output is, for exhaustive switches. */
  enum Kind {
    FIELD,
    VALUE,
    TEXT,
    OBJECTS,
    OBJECT,
    LINKS,
    SIGNATURE
  }

  Kind kind();

  /** The key in the answer. */
  String name();

  /** A stored field, copied from its CBOR. */
  record StoredField(String name, int index, FieldKind valueKind) implements Output {
    @Override
    public Kind kind() {
      return Kind.FIELD;
    }
  }

  record Computed(String name, Expression expression) implements Output {
    @Override
    public Kind kind() {
      return Kind.VALUE;
    }
  }

  record FixedText(String name, String text) implements Output {
    @Override
    public Kind kind() {
      return Kind.TEXT;
    }
  }

  /** A list of objects: a many relation, a group's members, commits. */
  record Objects(String name, SelectPlan plan) implements Output {
    @Override
    public Kind kind() {
      return Kind.OBJECTS;
    }
  }

  /** One object or null: a single relation. */
  record SingleObject(String name, SelectPlan plan) implements Output {
    @Override
    public Kind kind() {
      return Kind.OBJECT;
    }
  }

  /** {@code links} of a commit. */
  record Links(String name, List<Part> parts) implements Output {
    public Links {
      parts = List.copyOf(parts);
    }

    @Override
    public Kind kind() {
      return Kind.LINKS;
    }
  }

  /** {@code signature} of a commit, null when unsigned. */
  record Signature(String name, List<Part> parts) implements Output {
    public Signature {
      parts = List.copyOf(parts);
    }

    @Override
    public Kind kind() {
      return Kind.SIGNATURE;
    }
  }

  /**
   * A member of a link or a signature; {@code typeName} is the answer when it is {@code
   * __typename}.
   */
  record Part(String name, String field, String typeName) {}
}
