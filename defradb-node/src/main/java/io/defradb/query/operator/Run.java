package io.defradb.query.operator;

import io.defradb.acp.Asker;
import io.defradb.dag.SignatureBlock;
import io.defradb.db.CommitAccess;
import io.defradb.db.DocumentReader;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.lens.Lenses;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.query.plan.Expression;
import io.defradb.query.plan.PlanNode;
import io.defradb.query.plan.SelectPlan;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a plan over a transaction: what its operators share. It remembers related documents,
 * so begin a new one after every change. For one thread; nothing stays open when a call returns.
 */
public final class Run {
  private final Transaction transaction;
  private final DocumentReader documents;
  private final MemoryBudget budget;
  private final long answerBytesMax;
  private final RelatedDocuments related;
  private final CommitSource commits;
  private final SemiJoins semiJoins = new SemiJoins(this);
  private final Evaluator evaluator = new Evaluator(this);
  private final Conditions conditions = new Conditions(this);
  private final Operators operators = new Operators(this);
  private final RowWriter writer = new RowWriter(this);

  /** Deleted documents are related to nothing. */
  public Run(Transaction transaction, Asker asker, QueryLimits limits) {
    this(transaction, asker, limits, false);
  }

  /** {@code isDeletedShown}: relations lead to deleted documents, too. */
  public Run(Transaction transaction, Asker asker, QueryLimits limits, boolean isDeletedShown) {
    this.transaction = transaction;
    this.documents = transaction.documents(asker);
    this.budget = new MemoryBudget(limits.bytesHeldMax());
    this.answerBytesMax = limits.answerBytesMax();
    this.related = new RelatedDocuments(documents, budget, isDeletedShown);
    this.commits =
        new CommitSource(
            transaction.commits(), transaction.catalog(), new CommitAccess(transaction, asker));
  }

  /** Prints the rows of a plan as a list. */
  public void write(SelectPlan plan, JsonWriter out) {
    writer.writeAll(plan, new RootRow(), out);
  }

  /** Prints an aggregate over whole collections. */
  public void write(Expression.Aggregated aggregate, JsonWriter out) {
    out.value(evaluator.evaluate(aggregate, new RootRow()));
  }

  /** The DocIDs of a plan's rows, all pulled before the first is given out. */
  public List<DocId> docIds(PlanNode rows) {
    var docIds = new ArrayList<DocId>();
    try (Operator operator = operators.open(rows, new RootRow())) {
      for (Row row = operator.next(); row != null; row = operator.next()) {
        budget.take(MemoryBudget.KEY_BYTES);
        docIds.add(row.docId());
      }
    }
    return docIds;
  }

  /** How many rows a plan gives. */
  public long count(PlanNode rows) {
    long count = 0;
    try (Operator operator = operators.open(rows, new RootRow())) {
      while (operator.next() != null) {
        count++;
      }
    }
    return count;
  }

  /** Keeps the rows that {@code plan} gives now instead of those kept before. */
  public void refresh(PlanNode.View plan) {
    KeptRows kept = keptRows(plan.view());
    long rows = 0;
    try (var made = new ViewOperator(this, plan)) {
      for (byte[] row = made.nextJson(); row != null; row = made.nextJson()) {
        budget.take(MemoryBudget.KEY_BYTES + row.length); // a transaction holds what it wrote
        kept.put(rows++, row);
      }
    }
    kept.deleteFrom(rows);
  }

  KeptRows keptRows(CollectionVersion view) {
    return new KeptRows(transaction, view);
  }

  Lenses lenses() {
    return transaction.lenses();
  }

  RowWriter writer() {
    return writer;
  }

  DocumentReader documents() {
    return documents;
  }

  MemoryBudget budget() {
    return budget;
  }

  RelatedDocuments related() {
    return related;
  }

  CommitSource commits() {
    return commits;
  }

  SemiJoins semiJoins() {
    return semiJoins;
  }

  Evaluator evaluator() {
    return evaluator;
  }

  Conditions conditions() {
    return conditions;
  }

  Operators operators() {
    return operators;
  }

  /** Throws TOO_LARGE when the answer has grown beyond its bound. */
  void checkAnswer(JsonWriter out) {
    if (out.length() > answerBytesMax) {
      throw new DefraException(
          ErrorCode.TOO_LARGE,
          "answer is too large, ask for less or page through it with limit and offset",
          "MaxBytes",
          answerBytesMax);
    }
  }

  @Nullable SignatureBlock signature(@Nullable Cid cid) {
    Bytes bytes = cid == null ? null : transaction.commits().raw(cid);
    return bytes == null ? null : SignatureBlock.decode(bytes.unsafeArray());
  }
}
