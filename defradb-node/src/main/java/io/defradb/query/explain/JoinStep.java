package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.query.plan.Relation;
import io.defradb.request.Filter;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins documents to their related ones: for each of this side those of the other are looked up, or
 * the other way round where an index of the other side finds what filter or order ask for.
 */
final class JoinStep extends Step {
  private final Relation relation;
  private final Step parent;
  private final ScanStep parentScan;
  private final StepBuilder.Built child;
  private final boolean isTurned;
  private final boolean isChildAnswered;
  private final @Nullable Filter childFilter;
  private final Deque<StoredDocument> waiting = new ArrayDeque<>();
  private final Set<String> met = new HashSet<>();

  /**
   * @param parent what gives this side's rows, over {@code parentScan}
   * @param isTurned the other side is read first
   * @param isChildAnswered the related documents are asked for, not only tested
   * @param childFilter what the related documents are selected by
   */
  JoinStep(
      Relation relation,
      Step parent,
      ScanStep parentScan,
      StepBuilder.Built child,
      boolean isTurned,
      boolean isChildAnswered,
      @Nullable Filter childFilter) {
    this.relation = relation;
    this.parent = parent;
    this.parentScan = parentScan;
    this.child = child;
    this.isTurned = isTurned;
    this.isChildAnswered = isChildAnswered;
    this.childFilter = childFilter;
  }

  @Override
  void begin() {
    waiting.clear();
    met.clear();
    child.top().begin();
    parent.begin();
  }

  @Override
  boolean advance() {
    waiting.poll();
    while (waiting.isEmpty()) {
      boolean isMore = isTurned ? fromChild() : fromParent();
      if (!isMore) {
        return false;
      }
    }
    return true;
  }

  private boolean fromParent() {
    if (!parent.next()) {
      return false;
    }
    StoredDocument document = row(parent);
    if (!relation.isPrimary()) {
      childrenOf(document);
    } else if (key(document) instanceof Value.Text key) {
      find(child.top(), key.value());
    }
    waiting.add(document);
    return true;
  }

  private boolean fromChild() {
    if (!child.top().next()) {
      return false;
    }
    StoredDocument document = row(child.top());
    if (relation.isPrimary()) {
      waiting.addAll(
          parentScan.collect(parentScan, lookup(parentScan.collection(), document), null));
    } else if (key(document) instanceof Value.Text key && met.add(key.value())) {
      StoredDocument found = find(parent, key.value());
      if (found != null) {
        if (relation.isMany() && isChildAnswered) {
          childrenOf(found);
        }
        waiting.add(found);
      }
    }
    return true;
  }

  private void childrenOf(StoredDocument document) {
    child.scan().collect(child.top(), lookup(relation.target(), document), childFilter);
  }

  private ScanStep.KeyLookup lookup(CollectionVersion holder, StoredDocument document) {
    String keyName = holder.fields().get(relation.keyIndex()).name();
    return new ScanStep.KeyLookup(
        relation.keyIndex(), document.docId().text(), IndexChoice.on(holder, keyName) != null);
  }

  private Value key(StoredDocument holder) {
    return holder.value(relation.keyIndex());
  }

  private static @Nullable StoredDocument find(Step step, String docId) {
    step.restrictTo(List.of(new DocId(docId)));
    step.begin();
    return step.next() ? step.document() : null;
  }

  private static StoredDocument row(Step step) {
    StoredDocument document = step.document();
    if (document == null) {
      throw new IllegalStateException("commits have no relations");
    }
    return document;
  }

  @Override
  @Nullable StoredDocument document() {
    return waiting.peek();
  }

  @Override
  void restrictTo(List<DocId> docIds) {
    parent.restrictTo(docIds);
  }

  @Override
  public void close() {
    parent.close();
    child.top().close();
  }

  /** The scan that is read first. */
  ScanStep firstScan() {
    return isTurned ? child.scan() : parentScan;
  }

  @Override
  Value explained() {
    Tree node =
        counts().with("subTypeScanNode", child.scan().attributes()).withAll(parent.explained());
    return Tree.of("typeIndexJoin", node.done());
  }
}
