package io.defradb.query.plan;

import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step in the making of rows. The leaves read, every other node has the {@code source} it works
 * on. Immutable: {@code operator.Operators} makes a running operator of it.
 */
public sealed interface PlanNode {
  /** What a node is, for exhaustive switches. */
  enum Kind {
    SCAN,
    DOC_ID_LOOKUP,
    INDEX_LOOKUP,
    INDEX_RANGE,
    AS_OF,
    VIEW,
    KEPT_VIEW,
    RELATED,
    GROUP_MEMBERS,
    COMMIT_SCAN,
    DOCUMENT_COMMITS,
    FILTER,
    SORT,
    LIMIT,
    GROUP
  }

  Kind kind();

  /** Every document of a collection, by DocID. */
  record Scan(CollectionVersion collection, boolean isDeletedShown) implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.SCAN;
    }
  }

  /** Documents by DocID, in the order given; unknown ones are left out. */
  record DocIdLookup(CollectionVersion collection, List<DocId> docIds, boolean isDeletedShown)
      implements PlanNode {
    public DocIdLookup {
      docIds = List.copyOf(docIds);
    }

    @Override
    public Kind kind() {
      return Kind.DOC_ID_LOOKUP;
    }
  }

  /** Documents whose first indexed field equals a value, value after value in the order given. */
  record IndexLookup(
      CollectionVersion collection,
      IndexDescription index,
      List<Value> values,
      boolean isDeletedShown)
      implements PlanNode {
    public IndexLookup {
      values = List.copyOf(values);
    }

    @Override
    public Kind kind() {
      return Kind.INDEX_LOOKUP;
    }
  }

  /**
   * At least the documents whose value of an indexed field lies between two others, by DocID.
   *
   * @param fieldIndex as in {@link Expression.Field}
   * @param low inclusive; the null value: no bound
   * @param high inclusive; the null value: no bound
   */
  record IndexRange(
      CollectionVersion collection, int fieldIndex, Value low, Value high, boolean isDeletedShown)
      implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.INDEX_RANGE;
    }
  }

  /**
   * What a commit reaches, as it was then: a document, or those of a collection.
   *
   * @param cid text, not yet parsed
   * @param docIds null: whatever documents they are
   */
  record AsOf(
      CollectionVersion collection,
      String cid,
      @Nullable List<String> docIds,
      boolean isDeletedShown)
      implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.AS_OF;
    }
  }

  /** The rows of a view, made now: what its query answers, and what its transform makes of it. */
  record View(CollectionVersion view, SelectPlan source) implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.VIEW;
    }
  }

  /** The rows of a materialized view, as its last refresh left them. */
  record KeptView(CollectionVersion view) implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.KEPT_VIEW;
    }
  }

  /** The documents related to the row above. */
  record Related(Relation relation) implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.RELATED;
    }
  }

  /** The members of the group above. */
  record GroupMembers() implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.GROUP_MEMBERS;
    }
  }

  /** Commits in the order of the query language specification, section 5. */
  record CommitScan(
      @Nullable String docId,
      @Nullable String cid,
      @Nullable String fieldName,
      boolean isCollectionOnly,
      @Nullable Long depth)
      implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.COMMIT_SCAN;
    }
  }

  /** The composite commits of the document above, newest first. */
  record DocumentCommits() implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.DOCUMENT_COMMITS;
    }
  }

  record Filter(PlanNode source, RowCondition condition) implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.FILTER;
    }
  }

  /**
   * Rows in the order of the keys, the source's order among equals.
   *
   * @param rowsWanted only the first so many are needed; 0: all
   */
  record Sort(PlanNode source, List<SortKey> keys, long rowsWanted) implements PlanNode {
    public Sort {
      keys = List.copyOf(keys);
    }

    @Override
    public Kind kind() {
      return Kind.SORT;
    }
  }

  record SortKey(Expression expression, boolean isDescending) {}

  /** {@code limit} 0: none. */
  record Limit(PlanNode source, long offset, long limit) implements PlanNode {
    @Override
    public Kind kind() {
      return Kind.LIMIT;
    }
  }

  /**
   * One row a combination of key values, in order of first appearance. It reads as its first member
   * does.
   *
   * @param alternate what the first selection inside takes of all members together, in its order: a
   *     row of the source and one of it appear in turn; {@code null}: the source alone decides
   * @param isMembersKept somebody asks for the members; else only {@code running} is kept
   * @param running aggregates that are advanced member by member, so that members can be dropped
   */
  record Group(
      PlanNode source,
      List<Expression> keys,
      boolean isMembersKept,
      List<RunningAggregate> running,
      @Nullable PlanNode alternate)
      implements PlanNode {
    public Group {
      keys = List.copyOf(keys);
      running = List.copyOf(running);
    }

    @Override
    public Kind kind() {
      return Kind.GROUP;
    }
  }

  /** {@code value} null: members are counted. */
  record RunningAggregate(int slot, String function, @Nullable Expression value) {}
}
