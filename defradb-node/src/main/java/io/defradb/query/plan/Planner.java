package io.defradb.query.plan;

import io.defradb.db.Catalog;
import io.defradb.request.CommitSelect;
import io.defradb.request.Mutation;
import io.defradb.request.Request;
import io.defradb.request.RootField;
import io.defradb.request.Select;
import io.defradb.request.TopAggregate;
import io.defradb.request.TypeName;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Makes plans of requests. Says no where the reference does, with its text: an unknown alias, a
 * field beside a group, an operand that cannot be compared.
 */
public final class Planner {
  private final UnaryOperator<PlanNode> rewrite;
  private final ViewQueries views;

  /** {@code rewrite}: what is done to the rows of every selection; the identity plans plainly. */
  public Planner(UnaryOperator<PlanNode> rewrite, ViewQueries views) {
    this.rewrite = rewrite;
    this.views = views;
  }

  /** The rows of {@code view} as its query answers them now, materialized or not. */
  public PlanNode.View plan(CollectionVersion view, Catalog catalog) {
    return new SelectPlanner(new PlanContext(catalog, rewrite, views)).viewRows(view);
  }

  /** In the order of the fields asked. */
  public List<RootPlan> plan(Request request, Catalog catalog) {
    var plans = new ArrayList<RootPlan>(request.fields().size());
    for (RootField field : request.fields()) {
      plans.add(plan(field, catalog));
    }
    return plans;
  }

  private RootPlan plan(RootField field, Catalog catalog) {
    var context = new PlanContext(catalog, rewrite, views);
    var selects = new SelectPlanner(context);
    String name = field.responseName();
    if (field instanceof Select select) {
      return new RootPlan.Rows(name, selects.top(select), select.isDeletedShown());
    }
    if (field instanceof CommitSelect commits) {
      return new RootPlan.Rows(name, selects.commits().top(commits), false);
    }
    if (field instanceof TopAggregate top) {
      return new RootPlan.TopAggregate(name, selects.aggregates().top(top.aggregate()));
    }
    if (field instanceof TypeName typeName) {
      return new RootPlan.FixedText(name, typeName.typeName());
    }
    return change((Mutation) field, context, selects);
  }

  private static RootPlan change(Mutation mutation, PlanContext context, SelectPlanner selects) {
    CollectionVersion collection = context.collection(mutation.collection());
    PlanNode matching = matching(mutation, collection, selects);
    SelectPlan answer = selects.answer(matching, collection, mutation);
    return new RootPlan.Change(mutation.responseName(), mutation, collection, matching, answer);
  }

  private static PlanNode matching(
      Mutation mutation, CollectionVersion collection, SelectPlanner selects) {
    if (mutation instanceof Mutation.Update update) {
      return selects.matching(collection, update.docIds(), update.filter());
    }
    if (mutation instanceof Mutation.Delete delete) {
      return selects.matching(collection, delete.docIds(), delete.filter());
    }
    if (mutation instanceof Mutation.Upsert upsert) {
      return selects.matching(collection, null, upsert.filter());
    }
    return selects.matching(collection, null, null);
  }
}
