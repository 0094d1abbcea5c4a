package io.defradb.query.operator;

import io.defradb.db.StoredDocument;
import io.defradb.multiformats.Cid;
import io.defradb.query.plan.PlanNode;
import java.util.List;

/** Makes running operators of plan nodes. */
final class Operators {
  private final Run run;

  Operators(Run run) {
    this.run = run;
  }

  /** {@code above}: the row that a relation's documents or a group's members are asked of. */
  Operator open(PlanNode node, Row above) {
    return switch (node.kind()) {
      case SCAN -> scan((PlanNode.Scan) node);
      case DOC_ID_LOOKUP -> new DocIdLookupOperator(run.documents(), (PlanNode.DocIdLookup) node);
      case INDEX_LOOKUP -> new IndexLookupOperator(run.documents(), (PlanNode.IndexLookup) node);
      case INDEX_RANGE -> range((PlanNode.IndexRange) node);
      case AS_OF -> asOf((PlanNode.AsOf) node);
      case VIEW -> new ViewOperator(run, (PlanNode.View) node);
      case KEPT_VIEW -> new KeptViewOperator(run, (PlanNode.KeptView) node);
      case RELATED -> run.related().open(((PlanNode.Related) node).relation(), above);
      case GROUP_MEMBERS -> new RowsOperator(above.members().iterator());
      case COMMIT_SCAN -> new RowsOperator(run.commits().scan((PlanNode.CommitScan) node));
      case DOCUMENT_COMMITS -> new RowsOperator(run.commits().ofDocument(above));
      case FILTER -> filter((PlanNode.Filter) node, above);
      case SORT -> sort((PlanNode.Sort) node, above);
      case LIMIT -> limit((PlanNode.Limit) node, above);
      case GROUP -> group((PlanNode.Group) node, above);
    };
  }

  private Operator scan(PlanNode.Scan node) {
    return new DocumentOperator(
        run.documents().scan(node.collection(), null, node.isDeletedShown()));
  }

  private Operator range(PlanNode.IndexRange node) {
    return new DocumentOperator(
        run.documents()
            .byRange(
                node.collection(),
                node.fieldIndex(),
                node.low(),
                node.high(),
                node.isDeletedShown()));
  }

  private Operator asOf(PlanNode.AsOf node) {
    Cid cid = Cid.fromText(node.cid());
    List<StoredDocument> found =
        run.documents().asOf(node.collection(), cid, node.isDeletedShown());
    return new RowsOperator(
        found.stream()
            .filter(it -> node.docIds() == null || node.docIds().contains(it.docId().text()))
            .map(DocumentRow::new)
            .iterator());
  }

  private Operator filter(PlanNode.Filter node, Row above) {
    return new FilterOperator(open(node.source(), above), node.condition(), run.conditions());
  }

  private Operator sort(PlanNode.Sort node, Row above) {
    return new SortOperator(open(node.source(), above), node, run.evaluator(), run.budget());
  }

  private Operator limit(PlanNode.Limit node, Row above) {
    return new LimitOperator(open(node.source(), above), node.offset(), node.limit());
  }

  private Operator group(PlanNode.Group node, Row above) {
    return new GroupOperator(open(node.source(), above), node, run);
  }
}
