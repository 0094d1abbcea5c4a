package io.defradb.query.explain;

import io.defradb.acp.Asker;
import io.defradb.db.Catalog;
import io.defradb.db.Transaction;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.query.operator.MemoryBudget;
import io.defradb.query.operator.QueryLimits;
import io.defradb.query.operator.Run;
import io.defradb.query.plan.Planner;
import io.defradb.query.plan.Relations;
import io.defradb.query.plan.RootPlan;
import io.defradb.query.plan.ViewQueries;
import io.defradb.request.Aggregate;
import io.defradb.request.CommitSelect;
import io.defradb.request.Mutation;
import io.defradb.request.Page;
import io.defradb.request.Request;
import io.defradb.request.RootField;
import io.defradb.request.Select;
import io.defradb.request.TopAggregate;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs a request by the plan that {@code simple} shows, and tells how often each node was asked and
 * what the scans read. Mutations change documents.
 *
 * <p>The figures are those of that plan. Requests that are not explained run by plans of their own,
 * which read less: see {@code query.plan}.
 */
final class Execution {
  private final Catalog catalog;
  private final Transaction transaction;
  private final Asker asker;
  private final QueryLimits limits;
  private final ViewQueries views;
  private final Measurement measurement;
  private final StepBuilder steps;

  private Execution(Transaction transaction, Asker asker, QueryLimits limits, ViewQueries views) {
    this.catalog = transaction.catalog();
    this.transaction = transaction;
    this.asker = asker;
    this.limits = limits;
    this.views = views;
    this.measurement =
        new Measurement(transaction.documents(asker), new MemoryBudget(limits.bytesHeldMax()));
    this.steps = new StepBuilder(measurement, new Relations(catalog), transaction.commits());
  }

  /** The object that stands at {@code data.explain}. */
  static Value of(
      Request request,
      Transaction transaction,
      Asker asker,
      QueryLimits limits,
      ViewQueries views) {
    Explainer.explain(request, transaction.catalog(), views); // what cannot be planned is not run
    List<Value> nodes = new ArrayList<>();
    for (RootField field : request.fields()) {
      try {
        nodes.add(new Execution(transaction, asker, limits, views).root(field));
      } catch (DefraException failure) {
        if (field instanceof Mutation || failure.code() == ErrorCode.UNSUPPORTED) {
          throw failure;
        }
        return failed(failure);
      }
    }
    return new Tree()
        .with("executionSuccess", Value.Bool.of(true))
        .with("planExecutions", new Value.Int(2)) // the operation gives one row, and then none
        .with("sizeOfResult", new Value.Int(1))
        .with("operationNode", new Value.Items(nodes))
        .done();
  }

  /** A request that fails while it runs is explained by that. */
  private static Value failed(DefraException failure) {
    List<String> errors =
        List.of("failure at plan execution count: 1", String.valueOf(failure.getMessage()));
    return new Tree()
        .with("executionErrors", Tree.texts(errors))
        .with("executionSuccess", Value.Bool.of(false))
        .with("planExecutions", new Value.Int(1))
        .done();
  }

  private Value root(RootField field) {
    if (field instanceof Select select) {
      return rows(Explainer.collection(catalog, select.collection()), select);
    }
    if (field instanceof CommitSelect commits) {
      return top(run(commits(commits)));
    }
    if (field instanceof TopAggregate aggregate) {
      return aggregate(aggregate.aggregate());
    }
    return field instanceof Mutation mutation ? change(mutation) : new Tree().done();
  }

  private static Value top(Value rows) {
    return Tree.of("selectTopNode", rows);
  }

  private static Value run(Step step) {
    try (step) {
      step.begin();
      boolean isMore = true;
      while (isMore) {
        isMore = step.next();
      }
      return step.explained();
    }
  }

  private Value rows(CollectionVersion collection, Select select) {
    return top(
        collection.isView()
            ? viewed(collection, select)
            : run(steps.select(collection, select).top()));
  }

  /** A selection of a view: what it asked the view for, and what the view asked its sources for. */
  private Value viewed(CollectionVersion view, Select select) {
    Value made = view.isMaterialized() ? new Tree().done() : source(views.of(view, catalog));
    long matches = count(select);
    Tree node =
        new Tree()
            .with("iterations", new Value.Int(matches + 1))
            .with("filterMatches", new Value.Int(matches))
            .withAll(made);
    return Tree.of("selectNode", node.done());
  }

  private Value source(Select source) {
    return rows(Explainer.collection(catalog, source.collection()), source);
  }

  private long count(Select select) {
    var request = new Request(Request.Operation.QUERY, List.of(select), null);
    List<RootPlan> plans = new Planner(UnaryOperator.identity(), views).plan(request, catalog);
    var rows = (RootPlan.Rows) plans.get(0);
    return new Run(transaction, asker, limits).count(rows.select().rows());
  }

  private Value aggregate(Aggregate aggregate) {
    List<Value> nodes = new ArrayList<>();
    for (Aggregate.Target target : aggregate.targets()) {
      CollectionVersion collection = Explainer.collection(catalog, target.host());
      nodes.add(rows(collection, Targets.select(aggregate, target)));
    }
    Value once = new Tree().with("iterations", new Value.Int(1)).done();
    if (aggregate.function().equals(Targets.AVERAGE)) {
      nodes.add(Tree.of("sumNode", once));
      nodes.add(Tree.of("countNode", once));
      nodes.add(Tree.of("averageNode", once));
    } else {
      nodes.add(Tree.of(SelectExplainer.nodeName(aggregate.function()), once));
    }
    return Tree.of("topLevelNode", new Value.Items(nodes));
  }

  private Value change(Mutation mutation) {
    CollectionVersion collection = Explainer.collection(catalog, mutation.collection());
    Step rows = new TopStep(steps.select(collection, selection(mutation)).top());
    return run(new ChangeStep(mutation, collection, transaction.writer(asker), measurement, rows));
  }

  private static Select selection(Mutation mutation) {
    if (mutation instanceof Mutation.Update update) {
      return SelectExplainer.select(mutation, update.docIds(), update.filter());
    }
    if (mutation instanceof Mutation.Delete delete) {
      return SelectExplainer.select(mutation, delete.docIds(), delete.filter());
    }
    return SelectExplainer.select(
        mutation, null, mutation instanceof Mutation.Upsert upsert ? upsert.filter() : null);
  }

  private Step commits(CommitSelect asked) {
    boolean isLatest = asked.kind() == CommitSelect.Kind.LATEST_COMMITS;
    long rows = count(asked, asked.fieldName(), asked.depth(), null);
    boolean isOfField = asked.fieldName() != null && !asked.fieldName().equals("_C");
    long passedOver =
        !isLatest && isOfField && asked.cid() == null
            ? count(asked, null, 1L, null) - count(asked, asked.fieldName(), 1L, null)
            : 0;
    Step step = new SelectStep(new CommitsStep(rows, passedOver), document -> true, null);
    if (asked.groupBy() != null) {
      long groups = count(asked, asked.fieldName(), asked.depth(), asked.groupBy());
      step = new CommitGroupStep(step, groups, asked.groups());
    }
    step = StepBuilder.computed(asked.selections(), step);
    if (asked.writtenOrder() != null) {
      step = new OrderStep(measurement, step);
    }
    return asked.page().isGiven() ? new LimitStep(step, asked.page()) : step;
  }

  private long count(
      CommitSelect asked,
      @Nullable String fieldName,
      @Nullable Long depth,
      @Nullable List<String> groupBy) {
    var bare =
        new CommitSelect(
            asked.responseName(),
            asked.kind(),
            asked.docId(),
            asked.cid(),
            fieldName,
            asked.isFieldNameNull(),
            depth,
            null,
            groupBy,
            Page.WHOLE,
            List.of());
    var request = new Request(Request.Operation.QUERY, List.of(bare), null);
    List<RootPlan> plans =
        new Planner(UnaryOperator.identity(), ViewQueries.NONE).plan(request, catalog);
    var rows = (RootPlan.Rows) plans.get(0);
    return new Run(transaction, asker, limits).count(rows.select().rows());
  }
}
