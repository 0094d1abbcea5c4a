package io.defradb.document;

import org.jspecify.annotations.Nullable;

/**
 * What a collection says of its fields, as far as values need it.
 *
 * <p>May throw a {@link io.defradb.error.DefraException} for a field that exists but cannot be
 * written; the text reaches the user.
 */
@FunctionalInterface
public interface FieldKinds {
  /** The kind of the field's values; {@code null}: there is no such field. */
  @Nullable FieldKind kindOf(String fieldName);
}
