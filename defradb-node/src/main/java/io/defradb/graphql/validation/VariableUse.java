package io.defradb.graphql.validation;

import io.defradb.graphql.syntax.TypeRef;
import org.jspecify.annotations.Nullable;

/** A variable where it stands; {@code expected} {@code null}: any type will do there. */
record VariableUse(String name, @Nullable TypeRef expected) {

  /** True when a value of {@code given} can stand where {@code expected} is. */
  static boolean isFitting(TypeRef given, TypeRef expected) {
    if (expected instanceof TypeRef.NonNull required) {
      return given instanceof TypeRef.NonNull present
          && isFitting(present.inner(), required.inner());
    }
    if (given instanceof TypeRef.NonNull present) {
      return isFitting(present.inner(), expected);
    }
    if (expected instanceof TypeRef.ListOf list) {
      return given instanceof TypeRef.ListOf own && isFitting(own.element(), list.element());
    }
    return given.equals(expected);
  }
}
