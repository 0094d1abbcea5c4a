package io.defradb.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation, validated against the catalog, its variables filled in, fragments spread, aliases
 * resolved.
 *
 * @param fields top-level fields in the order written; at least one
 * @param explain {@code null} unless the operation asks to be explained
 */
public record Request(Operation operation, List<RootField> fields, @Nullable Explain explain) {
  public enum Operation {
    QUERY,
    MUTATION,
    SUBSCRIPTION
  }

  public enum Explain {
    SIMPLE,
    EXECUTE,
    DEBUG
  }

  public Request {
    fields = List.copyOf(fields);
  }
}
