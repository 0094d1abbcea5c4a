package io.defradb.query;

import io.defradb.acp.Asker;
import io.defradb.db.DocumentWriter;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.query.operator.QueryLimits;
import io.defradb.query.operator.Run;
import io.defradb.query.plan.PlanNode;
import io.defradb.query.plan.RootPlan;
import io.defradb.query.plan.SelectPlan;
import io.defradb.request.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Changes documents and answers them (query language specification, 4). What a mutation is about is
 * found before the first write.
 */
final class MutationRunner {
  private final QueryLimits limits;
  private final Transaction transaction;
  private final Asker asker;

  MutationRunner(QueryLimits limits, Transaction transaction, Asker asker) {
    this.limits = limits;
    this.transaction = transaction;
    this.asker = asker;
  }

  void run(RootPlan.Change change, JsonWriter out) {
    Mutation mutation = change.mutation();
    PlanNode answered;
    if (mutation instanceof Mutation.Create create) {
      answered = create(change, create);
    } else if (mutation instanceof Mutation.Update update) {
      answered = update(change, update);
    } else if (mutation instanceof Mutation.Upsert upsert) {
      answered = upsert(change, upsert);
    } else {
      answered = delete(change);
    }
    newRun().write(new SelectPlan(answered, change.answer().outputs()), out);
  }

  /** Without input all documents are answered. */
  private PlanNode create(RootPlan.Change change, Mutation.Create create) {
    if (create.inputs().isEmpty()) {
      return change.matching();
    }
    var encryption =
        new DocumentWriter.EncryptionChoice(create.isEncrypted(), create.encryptedFields());
    var docIds = new ArrayList<DocId>(create.inputs().size());
    for (Map<String, Value> input : create.inputs()) {
      docIds.add(writer().create(change.collection(), input, encryption));
    }
    return lookup(change, docIds, false);
  }

  /** The selection runs again after the update: what no longer matches is not answered. */
  private PlanNode update(RootPlan.Change change, Mutation.Update update) {
    // A commit is made without a change, too: the reference's nodes do so, and heads must agree.
    Map<String, Value> input = Objects.requireNonNullElse(update.input(), Map.of());
    for (DocId docId : newRun().docIds(change.matching())) {
      writer().update(change.collection(), docId, input);
    }
    return change.matching();
  }

  /** The selection runs again, as after an update: what does not match is not answered. */
  private PlanNode upsert(RootPlan.Change change, Mutation.Upsert upsert) {
    // Two are enough to know that it is too many.
    List<DocId> matching = newRun().docIds(new PlanNode.Limit(change.matching(), 0, 2));
    if (matching.size() > 1) {
      throw new DefraException(
          ErrorCode.INVALID_REQUEST, "cannot upsert multiple matching documents");
    }
    if (matching.isEmpty()) {
      writer().create(change.collection(), upsert.create(), DocumentWriter.EncryptionChoice.NONE);
    } else {
      writer().update(change.collection(), matching.get(0), upsert.update());
    }
    return change.matching();
  }

  private PlanNode delete(RootPlan.Change change) {
    List<DocId> docIds = newRun().docIds(change.matching());
    for (DocId docId : docIds) {
      writer().delete(change.collection(), docId);
    }
    return lookup(change, docIds, true);
  }

  private static PlanNode lookup(
      RootPlan.Change change, List<DocId> docIds, boolean isDeletedShown) {
    return new PlanNode.DocIdLookup(
        change.collection(), List.copyOf(new TreeSet<>(docIds)), isDeletedShown);
  }

  private DocumentWriter writer() {
    return transaction.writer(asker);
  }

  /** What a run remembers is outdated by a write. */
  private Run newRun() {
    return new Run(transaction, asker, limits);
  }
}
