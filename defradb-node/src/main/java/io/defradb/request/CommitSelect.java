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
 */
public record CommitSelect(
    String responseName,
    Kind kind,
    @Nullable String docId,
    @Nullable String cid,
    @Nullable String fieldName,
    boolean isFieldNameNull,
    @Nullable Long depth,
    List<Order> order,
    @Nullable List<String> groupBy,
    long limit,
    long offset,
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
    order = List.copyOf(order);
    groupBy = groupBy == null ? null : List.copyOf(groupBy);
    selections = List.copyOf(selections);
  }

  /** How many selections of a group's commits there are below it. */
  public int groups() {
    return (int)
        selections.stream()
            .filter(it -> it instanceof CommitSelect below && below.kind() == Kind.GROUP)
            .count();
  }
}
