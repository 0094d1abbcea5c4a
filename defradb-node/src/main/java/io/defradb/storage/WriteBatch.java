package io.defradb.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes to be applied together, in the order given. For one thread. */
public final class WriteBatch {
  /**
   * What an operation does: DELETE_RANGE removes from {@code key} (inclusive) to {@code value}
   * (exclusive).
   */
  public enum Kind {
    PUT,
    DELETE,
    DELETE_RANGE
  }

  public record Operation(Kind kind, Column column, byte[] key, byte @Nullable [] value) {}

  private final List<Operation> operations = new ArrayList<>();

  public WriteBatch put(Column column, byte[] key, byte[] value) {
    operations.add(new Operation(Kind.PUT, column, key, value));
    return this;
  }

  public WriteBatch delete(Column column, byte[] key) {
    operations.add(new Operation(Kind.DELETE, column, key, null));
    return this;
  }

  public WriteBatch deleteRange(Column column, byte[] from, byte[] to) {
    operations.add(new Operation(Kind.DELETE_RANGE, column, from, to));
    return this;
  }

  public List<Operation> operations() {
    return Collections.unmodifiableList(operations);
  }

  public boolean isEmpty() {
    return operations.isEmpty();
  }
}
