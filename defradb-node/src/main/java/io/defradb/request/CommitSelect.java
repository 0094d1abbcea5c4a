package io.defradb.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commits: {@code commits}, {@code latestCommits}, their spellings with an underscore, or {@code
 * _version} of a document.
 *
 * @param kind which of the three
 * @param docId {@code null}: all documents
 * @param fieldName which chains; {@code null} when not given
 * @param isFieldNameNull an explicit null was given: collection commits only
 * @param depth {@code null}: all the way
 * @param writtenOrder {@code null}: not given; see {@link Select}
 */
public record CommitSelect(
    String responseName,
    Kind kind,
    @Nullable String docId,
    @Nullable String cid,
    @Nullable String fieldName,
    boolean isFieldNameNull,
    @Nullable Long depth,
    @Nullable List<Order> writtenOrder,
    @Nullable List<String> groupBy,
    Page page,
    List<Selection> selections)
    implements RootField, Selection {

  public enum Kind {
    COMMITS,
    LATEST_COMMITS,
    VERSION,
    /**
     * The {@code links} of a commit, or {@code signature}: an object inside a commit, named by
     * {@code fieldName}.
     */
    PART,
    /** {@code _group} below a groupBy of commits. */
    GROUP
  }

  public CommitSelect {
    writtenOrder = writtenOrder == null ? null : List.copyOf(writtenOrder);
    groupBy = groupBy == null ? null : List.copyOf(groupBy);
    selections = List.copyOf(selections);
  }

  /** What is sorted by. */
  public List<Order> order() {
    return writtenOrder == null ? List.of() : writtenOrder;
  }

  /** How many selections of a group's commits there are below it. */
  public int groups() {
    return (int)
        selections.stream()
            .filter(it -> it instanceof CommitSelect below && below.kind() == Kind.GROUP)
            .count();
  }
}
