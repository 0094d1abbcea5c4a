package io.defradb.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over an object's lists: a many relation, {@code _group}, an array field, {@code
 * _version} or {@code links}; several targets are added together.
 *
 * @param function {@code _count}, {@code _sum}, {@code _avg}, {@code _min}, {@code _max}
 */
public record Aggregate(String responseName, String function, List<Target> targets)
    implements Selection {

  /**
   * A list, and what of it is taken.
   *
   * @param host the list: relation, {@code _group}, array field; at the top a collection
   * @param field the number in each element; {@code null} for {@code _count} and for arrays
   * @param elementFilter on the elements of an array field
   * @param isPaged a limit or an offset was given: of an array so many elements count, none when
   *     the limit is 0; of documents a limit of 0 is no limit
   */
  public record Target(
      String host,
      @Nullable String field,
      @Nullable Filter filter,
      Filter.@Nullable Condition elementFilter,
      List<Order> order,
      long limit,
      long offset,
      boolean isPaged) {
    public Target {
      order = List.copyOf(order);
    }

    /** Without a limit and an offset when both are 0. */
    public Target(
        String host,
        @Nullable String field,
        @Nullable Filter filter,
        Filter.@Nullable Condition elementFilter,
        List<Order> order,
        long limit,
        long offset) {
      this(host, field, filter, elementFilter, order, limit, offset, limit > 0 || offset > 0);
    }
  }

  public Aggregate {
    targets = List.copyOf(targets);
  }
}
