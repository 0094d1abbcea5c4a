package io.defradb.query.explain;

import io.defradb.db.DocumentWriter;
import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.request.Mutation;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Changes documents, for real, and then gives them. */
final class ChangeStep extends OverStep {
  private final Mutation mutation;
  private final CollectionVersion collection;
  private final DocumentWriter writer;
  private final Measurement measurement;
  private final List<DocId> doomed = new ArrayList<>();
  private boolean isDone;
  private long updates;

  ChangeStep(
      Mutation mutation,
      CollectionVersion collection,
      DocumentWriter writer,
      Measurement measurement,
      Step source) {
    super(name(mutation), source);
    this.mutation = mutation;
    this.collection = collection;
    this.writer = writer;
    this.measurement = measurement;
  }

  private static String name(Mutation mutation) {
    if (mutation instanceof Mutation.Create) {
      return "createNode";
    }
    if (mutation instanceof Mutation.Update) {
      return "updateNode";
    }
    return mutation instanceof Mutation.Upsert ? "upsertNode" : "deleteNode";
  }

  @Override
  boolean advance() {
    if (mutation instanceof Mutation.Delete) {
      return delete();
    }
    if (!isDone) {
      isDone = true;
      change();
    }
    return source().next();
  }

  private void change() {
    if (mutation instanceof Mutation.Create create) {
      create(create);
    } else if (mutation instanceof Mutation.Update update) {
      update(update);
    } else {
      upsert((Mutation.Upsert) mutation);
    }
  }

  private void create(Mutation.Create create) {
    var encryption =
        new DocumentWriter.EncryptionChoice(create.isEncrypted(), create.encryptedFields());
    List<DocId> created = new ArrayList<>();
    for (Map<String, Value> input : create.inputs()) {
      created.add(writer.create(collection, input, encryption));
    }
    if (!created.isEmpty()) {
      source().restrictTo(created);
    }
    again();
  }

  private void update(Mutation.Update update) {
    for (DocId docId : all()) {
      if (update.input() != null && !update.input().isEmpty()) {
        writer.update(collection, docId, update.input());
      }
      updates++;
    }
    again();
  }

  private void upsert(Mutation.Upsert upsert) {
    if (!source().next()) {
      DocId created =
          writer.create(collection, upsert.create(), DocumentWriter.EncryptionChoice.NONE);
      source().restrictTo(List.of(created));
    } else {
      DocId found = docId();
      if (source().next()) {
        throw new DefraException(
            ErrorCode.INVALID_REQUEST, "cannot upsert multiple matching documents");
      }
      if (!upsert.update().isEmpty()) {
        writer.update(collection, found, upsert.update());
      }
    }
    again();
  }

  /** All are read before the first is deleted. */
  private boolean delete() {
    if (source().next()) {
      measurement.hold(1);
      doomed.add(docId());
      return true;
    }
    doomed.forEach(it -> writer.delete(collection, it));
    doomed.clear();
    return false;
  }

  private List<DocId> all() {
    List<DocId> found = new ArrayList<>();
    while (source().next()) {
      measurement.hold(1);
      found.add(docId());
    }
    return found;
  }

  private DocId docId() {
    StoredDocument document = source().document();
    if (document == null) {
      throw new IllegalStateException("commits are not changed");
    }
    return document.docId();
  }

  private void again() {
    measurement.forget();
    source().begin();
  }

  @Override
  Tree attributes(Tree counts) {
    if (mutation instanceof Mutation.Upsert) {
      return new Tree();
    }
    return mutation instanceof Mutation.Update
        ? counts.with("updates", new Value.Int(updates))
        : counts;
  }
}
