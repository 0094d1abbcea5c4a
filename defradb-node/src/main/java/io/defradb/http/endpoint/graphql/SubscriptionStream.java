package io.defradb.http.endpoint.graphql;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess.Permission;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogReader;
import io.defradb.document.DocId;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.event.EventBus;
import io.defradb.http.StreamBuffer;
import io.defradb.http.StreamSource;
import io.defradb.multiformats.Cid;
import io.defradb.query.RequestRunner;
import io.defradb.request.Select;
import io.defradb.schema.CollectionVersion;
import org.jspecify.annotations.Nullable;

/**
 * The events of a subscription, read from the log: for every commit that created or changed a
 * document of the collection, that document as of the commit. What is not taken yet stays in the
 * log, so a slow client holds nothing and misses nothing.
 */
final class SubscriptionStream implements StreamSource {
  private final Database database;
  private final EventBus events;
  private final RequestRunner runner;
  private final Select select;
  private final Asker asker;
  private final JsonWriter json = new JsonWriter();
  private long since;
  private EventBus.@Nullable Subscription listening;

  /** {@code since}: events of commits with a greater number. */
  SubscriptionStream(
      Database database,
      EventBus events,
      RequestRunner runner,
      Select select,
      Asker asker,
      long since) {
    this.database = database;
    this.events = events;
    this.runner = runner;
    this.select = select;
    this.asker = asker;
    this.since = since;
  }

  @Override
  public void open(Runnable wake) {
    listening = events.subscribe(event -> wake.run());
  }

  @Override
  public Progress pull(StreamBuffer out) {
    try (Transaction transaction = database.begin(true);
        LogReader.Entries entries = transaction.log().after(since)) {
      String collectionId =
          transaction
              .catalog()
              .activeByName(select.collection())
              .map(CollectionVersion::collectionId)
              .orElse("");
      while (!out.isFull()) {
        LogEntry entry = entries.next();
        if (entry == null) {
          return Progress.WAIT;
        }
        since = entry.seq();
        write(entry, collectionId, transaction, out);
      }
      return Progress.MORE;
    }
  }

  private void write(
      LogEntry entry, String collectionId, Transaction transaction, StreamBuffer out) {
    DocId docId = entry.docId();
    Cid cid = entry.cid();
    if (entry.kind() != LogEntry.Kind.DOCUMENT
        || entry.op() == LogEntry.Op.DELETE
        || entry.isDeleted()
        || docId == null
        || cid == null
        || !isSeen(collectionId, docId, entry, transaction)) {
      return;
    }
    try {
      json.reset();
      json.beginObject().name("data");
      runner.runEvent(select, docId, cid, transaction, asker, json);
      json.endObject();
    } catch (DefraException failure) {
      GraphqlFailure.write(failure, json);
    }
    out.write("data: ").write(json).write("\n\n");
  }

  /** Of the collection, and not hidden: that there is a document at all must not show. */
  private boolean isSeen(
      String collectionId, DocId docId, LogEntry entry, Transaction transaction) {
    CollectionVersion version =
        transaction.catalog().byVersionId(entry.schemaVersionId()).orElse(null);
    return version != null
        && version.collectionId().equals(collectionId)
        && transaction.access().isAllowed(asker, Permission.READ, version, docId);
  }

  @Override
  public void close() {
    if (listening != null) {
      listening.close();
    }
  }
}
