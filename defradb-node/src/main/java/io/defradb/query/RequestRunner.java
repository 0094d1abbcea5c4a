package io.defradb.query;

import io.defradb.acp.Asker;
import io.defradb.db.CommitReader;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.JsonWriter;
import io.defradb.multiformats.Cid;
import io.defradb.query.explain.Explainer;
import io.defradb.query.filter.ValueOrder;
import io.defradb.query.operator.QueryLimits;
import io.defradb.query.operator.Run;
import io.defradb.query.plan.Planner;
import io.defradb.query.plan.RootPlan;
import io.defradb.query.plan.ViewQueries;
import io.defradb.query.rule.PlanRules;
import io.defradb.request.Page;
import io.defradb.request.Request;
import io.defradb.request.Select;
import io.defradb.schema.CollectionVersion;
import java.util.List;
import java.util.TreeMap;

/**
 * Runs requests: the door of this room. Safe for use by many threads; each run belongs to the
 * thread of its transaction.
 */
public final class RequestRunner {
  private final Planner planner;
  private final PlanCache plans;
  private final QueryLimits limits;
  private final ViewQueries views;

  /** Without views. */
  public RequestRunner(QueryLimits limits) {
    this(limits, ViewQueries.NONE);
  }

  public RequestRunner(QueryLimits limits, ViewQueries views) {
    this(limits, new Planner(PlanRules::rewrite, views), views);
  }

  RequestRunner(QueryLimits limits, Planner planner, ViewQueries views) {
    this.limits = limits;
    this.views = views;
    this.planner = planner;
    this.plans = new PlanCache(planner);
  }

  /**
   * Runs the operation and prints the object that stands at {@code data}, keys in the order of
   * their bytes. A request to be explained is explained; only {@code execute} runs it. Fields run
   * in the order written, on one transaction, which stays open: committing or discarding it is the
   * caller's. Keep {@code request} and pass it again: its plan is remembered.
   *
   * @throws io.defradb.error.DefraException when any field fails, with the reference's text; what
   *     was printed so far is then worthless, and a transaction that wrote must be discarded
   */
  public void run(Request request, Transaction transaction, Asker asker, JsonWriter out) {
    if (request.explain() != null) {
      out.beginObject().name("explain");
      out.value(Explainer.explain(request, transaction, asker, limits, views));
      out.endObject();
      return;
    }
    print(plans.plan(request, transaction.catalog()), transaction, asker, out);
  }

  private void print(List<RootPlan> roots, Transaction transaction, Asker asker, JsonWriter out) {
    if (roots.size() == 1) {
      out.beginObject().name(roots.get(0).name());
      run(roots.get(0), transaction, asker, out);
      out.endObject();
      return;
    }
    // Mutations keep the order written while the answer is sorted: print apart, then join.
    var answers = new TreeMap<String, byte[]>(ValueOrder::compareUtf8);
    var answer = new JsonWriter();
    for (RootPlan root : roots) {
      answer.reset();
      run(root, transaction, asker, answer);
      answers.put(root.name(), answer.toBytes());
    }
    out.beginObject();
    answers.forEach((name, json) -> out.name(name).raw(json, 0, json.length));
    out.endObject();
  }

  /**
   * Prints a subscription's {@code data} for one commit of a document: a list that holds the
   * document as of {@code cid}, or nothing when it does not match the filter. All arguments but the
   * filter are without effect.
   */
  public void runEvent(
      Select select, DocId docId, Cid cid, Transaction transaction, Asker asker, JsonWriter out) {
    boolean isLatest =
        transaction
            .commits()
            .heads(docId)
            .map(CommitReader.DocumentHeads::composite)
            .filter(heads -> heads.equals(List.of(cid)))
            .isPresent();
    var ofDocument =
        new Select(
            select.responseName(),
            select.name(),
            select.collection(),
            List.of(docId.text()),
            isLatest ? null : cid.toString(),
            select.filter(),
            null,
            null,
            Page.WHOLE,
            false,
            select.selections());
    var request = new Request(Request.Operation.SUBSCRIPTION, List.of(ofDocument), null);
    print(planner.plan(request, transaction.catalog()), transaction, asker, out);
  }

  /**
   * Makes the rows of a materialized view anew, as {@code asker} sees its sources.
   *
   * @throws io.defradb.error.DefraException when its query fails; the transaction must then be
   *     discarded
   */
  public void refresh(CollectionVersion view, Transaction transaction, Asker asker) {
    run(transaction, asker).refresh(planner.plan(view, transaction.catalog()));
  }

  private void run(RootPlan root, Transaction transaction, Asker asker, JsonWriter out) {
    switch (root.kind()) {
      case ROWS -> {
        var rows = (RootPlan.Rows) root;
        new Run(transaction, asker, limits, rows.isDeletedShown()).write(rows.select(), out);
      }
      case AGGREGATE ->
          run(transaction, asker).write(((RootPlan.TopAggregate) root).aggregate(), out);
      case TEXT -> out.string(((RootPlan.FixedText) root).text());
      case MUTATION ->
          new MutationRunner(limits, transaction, asker).run((RootPlan.Change) root, out);
    }
  }

  private Run run(Transaction transaction, Asker asker) {
    return new Run(transaction, asker, limits);
  }
}
