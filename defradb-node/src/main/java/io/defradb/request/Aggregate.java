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
   * @param writtenOrder {@code null}: not given; see {@link Select}
   */
  public record Target(
      String host,
      @Nullable String field,
      @Nullable Filter filter,
      Filter.@Nullable Condition elementFilter,
      @Nullable List<Order> writtenOrder,
      Page page) {
    public Target {
      writtenOrder = writtenOrder == null ? null : List.copyOf(writtenOrder);
    }

    /** Whether it runs over what another aggregate answers, whose names begin so. */
    public boolean isOfAggregates() {
      return field != null && field.startsWith("_");
    }

    /** What is sorted by. */
    public List<Order> order() {
      return writtenOrder == null ? List.of() : writtenOrder;
    }
  }

  public Aggregate {
    targets = List.copyOf(targets);
  }
}
