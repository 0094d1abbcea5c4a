package io.defradb.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents of a collection: at the top, through a relation, or the members of a group.
 *
 * @param name the collection at the top; the relation field below it; {@code _group}
 * @param collection name of the collection whose documents are selected
 * @param docIds {@code null}: no restriction; empty: nothing
 * @param cid text of the commit to read at, not yet parsed
 * @param limit 0: not given; -1: given, and no limit; below: one less than what was given
 * @param offset 0: not given; -1: given, and nothing is left out; below: one less than given
 */
public record Select(
    String responseName,
    String name,
    String collection,
    @Nullable List<String> docIds,
    @Nullable String cid,
    @Nullable Filter filter,
    List<Order> order,
    @Nullable List<String> groupBy,
    long limit,
    long offset,
    boolean isDeletedShown,
    List<Selection> selections)
    implements RootField, Selection {

  public static final String GROUP = "_group";

  public Select {
    docIds = docIds == null ? null : List.copyOf(docIds);
    order = List.copyOf(order);
    groupBy = groupBy == null ? null : List.copyOf(groupBy);
    selections = List.copyOf(selections);
  }

  /** The same, but for its filter. */
  public Select withFilter(@Nullable Filter changed) {
    return new Select(
        responseName,
        name,
        collection,
        docIds,
        cid,
        changed,
        order,
        groupBy,
        limit,
        offset,
        isDeletedShown,
        selections);
  }
}
