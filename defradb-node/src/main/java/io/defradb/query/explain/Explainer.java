package io.defradb.query.explain;

import io.defradb.acp.Asker;
import io.defradb.db.Catalog;
import io.defradb.db.Transaction;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.query.operator.QueryLimits;
import io.defradb.query.plan.Relations;
import io.defradb.query.plan.ViewQueries;
import io.defradb.request.CommitSelect;
import io.defradb.request.Mutation;
import io.defradb.request.Request;
import io.defradb.request.RootField;
import io.defradb.request.Select;
import io.defradb.request.TopAggregate;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Explains requests: {@code simple} with attributes and {@code debug} bare without running them,
 * {@code execute} by running them step by step.
 */
public final class Explainer {
  private final Catalog catalog;
  private final boolean isSimple;
  private final SelectExplainer selects;

  private Explainer(Catalog catalog, boolean isSimple, ViewQueries views) {
    this.catalog = catalog;
    this.isSimple = isSimple;
    this.selects = new SelectExplainer(catalog, new Relations(catalog), isSimple, views);
  }

  /** The object that stands at {@code data.explain}. Only {@code execute} runs anything. */
  public static Value explain(
      Request request,
      Transaction transaction,
      Asker asker,
      QueryLimits limits,
      ViewQueries views) {
    return request.explain() == Request.Explain.EXECUTE
        ? Execution.of(request, transaction, asker, limits, views)
        : explain(request, transaction.catalog(), views);
  }

  static Value explain(Request request, Catalog catalog, ViewQueries views) {
    var explainer = new Explainer(catalog, request.explain() != Request.Explain.DEBUG, views);
    var nodes = new ArrayList<Value>();
    for (RootField field : request.fields()) {
      nodes.add(explainer.root(field));
    }
    return Tree.of("operationNode", new Value.Items(nodes));
  }

  private Value root(RootField field) {
    if (field instanceof Select select) {
      return selects.top(collection(select.collection()), select, select.docIds());
    }
    if (field instanceof CommitSelect commits) {
      return commits(commits);
    }
    if (field instanceof TopAggregate top) {
      return aggregate(top);
    }
    return field instanceof Mutation mutation ? change(mutation) : new Tree().done();
  }

  private CollectionVersion collection(String name) {
    return collection(catalog, name);
  }

  static CollectionVersion collection(Catalog catalog, String name) {
    return catalog
        .activeByName(name)
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.COLLECTION_NOT_FOUND, "datastore: key not found", "Name", name));
  }

  private Value commits(CommitSelect commits) {
    boolean isLatest = commits.kind() == CommitSelect.Kind.LATEST_COMMITS;
    String fieldName = commits.fieldName();
    if (commits.isFieldNameNull()) {
      fieldName = "";
    } else if (isLatest && fieldName == null) {
      fieldName = "_C";
    }
    List<String> prefixes =
        commits.docId() == null
            ? List.of()
            : List.of("/d/" + commits.docId() + ("_C".equals(fieldName) ? "/C" : ""));
    Value scan =
        new Tree()
            .with(isSimple, "cid", Value.text(commits.cid()))
            .with(isSimple, "fieldName", Value.text(fieldName))
            .with(isSimple, "prefixes", Tree.texts(prefixes))
            .done();
    Tree select =
        new Tree().with(isSimple, "docID", Value.NULL).with(isSimple, "filter", Value.NULL);
    boolean isPiped = !isSimple && commits.groupBy() != null;
    select =
        isPiped
            ? select.with("pipeNode", Tree.of("dagScanNode", scan))
            : select.with("dagScanNode", scan);
    Value rows = selects.grouped(commits, Tree.of("selectNode", select.done()));
    rows = selects.ordered(commits.writtenOrder(), selects.computed(commits.selections(), rows));
    return Tree.of("selectTopNode", selects.limited(commits.page(), rows));
  }

  private Value aggregate(TopAggregate top) {
    var nodes = new ArrayList<Value>();
    for (var target : top.aggregate().targets()) {
      Select select = Targets.select(top.aggregate(), target);
      nodes.add(selects.top(collection(target.host()), select, null));
    }
    boolean isAverage = top.aggregate().function().equals(Targets.AVERAGE);
    Value sources = Targets.sources(top.aggregate(), false);
    Value counted = Targets.sources(top.aggregate(), true);
    if (isAverage) {
      nodes.add(Tree.of("sumNode", sources(sources)));
      nodes.add(Tree.of("countNode", sources(counted)));
      nodes.add(Tree.of("averageNode", new Tree().done()));
    } else {
      String name = SelectExplainer.nodeName(top.aggregate().function());
      nodes.add(Tree.of(name, sources(name.equals("countNode") ? counted : sources)));
    }
    return Tree.of("topLevelNode", new Value.Items(nodes));
  }

  private Value sources(Value sources) {
    return new Tree().with(isSimple, "sources", sources).done();
  }

  private Value change(Mutation mutation) {
    CollectionVersion collection = collection(mutation.collection());
    if (mutation instanceof Mutation.Create create) {
      var inputs = new ArrayList<Value>();
      create.inputs().forEach(it -> inputs.add(object(it)));
      Tree node =
          new Tree()
              .with(isSimple, "input", new Value.Items(inputs))
              .with("selectTopNode", selects.created(collection, create));
      return Tree.of("createNode", node.done());
    }
    if (mutation instanceof Mutation.Update update) {
      Map<String, Value> input = update.input();
      return selects.change(
          "updateNode",
          collection,
          update,
          update.docIds(),
          update.filter(),
          new Tree()
              .with(isSimple, "docID", Tree.textsOrNull(update.docIds()))
              .with(isSimple, "filter", WrittenFilter.of(update.filter()))
              .with(isSimple, "input", input == null ? Value.NULL : object(input)));
    }
    if (mutation instanceof Mutation.Upsert upsert) {
      return selects.change(
          "upsertNode",
          collection,
          upsert,
          null,
          upsert.filter(),
          new Tree()
              .with(isSimple, "filter", WrittenFilter.of(upsert.filter()))
              .with(isSimple, "create", object(upsert.create()))
              .with(isSimple, "update", object(upsert.update())));
    }
    Mutation.Delete delete = (Mutation.Delete) mutation;
    return selects.change(
        "deleteNode",
        collection,
        delete,
        delete.docIds(),
        delete.filter(),
        new Tree()
            .with(isSimple, "docID", Tree.textsOrNull(delete.docIds()))
            .with(isSimple, "filter", WrittenFilter.of(delete.filter())));
  }

  private static Value object(Map<String, Value> members) {
    return new Value.Fields(new TreeMap<>(members));
  }
}
