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
 * @param writtenOrder {@code null}: not given; it may be given and name nothing, which sorts
 *     nothing and shows in explanations
 */
public record Select(
    String responseName,
    String name,
    String collection,
    @Nullable List<String> docIds,
    @Nullable String cid,
    @Nullable Filter filter,
    @Nullable List<Order> writtenOrder,
    @Nullable List<String> groupBy,
    Page page,
    boolean isDeletedShown,
    List<Selection> selections)
    implements RootField, Selection {

  public static final String GROUP = "_group";

  public Select {
    docIds = docIds == null ? null : List.copyOf(docIds);
    writtenOrder = writtenOrder == null ? null : List.copyOf(writtenOrder);
    groupBy = groupBy == null ? null : List.copyOf(groupBy);
    selections = List.copyOf(selections);
  }

  /** What is sorted by. */
  public List<Order> order() {
    return writtenOrder == null ? List.of() : writtenOrder;
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
        writtenOrder,
        groupBy,
        page,
        isDeletedShown,
        selections);
  }
}
