package io.defradb.graphql.syntax;

/** A type as it is written: {@code Int}, {@code [String!]}, {@code ID!}. */
public sealed interface TypeRef {

  record Named(String name) implements TypeRef {
    @Override
    public String toString() {
      return name;
    }
  }

  record ListOf(TypeRef element) implements TypeRef {
    @Override
    public String toString() {
      return "[" + element + "]";
    }
  }

  /** {@code inner} is not itself a {@code NonNull}. */
  record NonNull(TypeRef inner) implements TypeRef {
    @Override
    public String toString() {
      return inner + "!";
    }
  }

  static TypeRef named(String name) {
    return new Named(name);
  }

  static TypeRef listOf(TypeRef element) {
    return new ListOf(element);
  }

  default TypeRef required() {
    return this instanceof NonNull ? this : new NonNull(this);
  }

  /** The name below all lists and bangs. */
  default String baseName() {
    if (this instanceof ListOf list) {
      return list.element().baseName();
    }
    if (this instanceof NonNull nonNull) {
      return nonNull.inner().baseName();
    }
    return ((Named) this).name();
  }
}
