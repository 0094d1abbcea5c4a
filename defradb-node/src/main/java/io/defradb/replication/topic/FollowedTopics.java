package io.defradb.replication.topic;

import io.defradb.db.Catalog;
import io.defradb.db.Database;
import io.defradb.db.LocalState;
import io.defradb.db.Transaction;
import io.defradb.db.log.Origin;
import io.defradb.document.DocIds;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.replication.Subscriptions;
import io.defradb.schema.CollectionVersion;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * The collections and documents that this node follows: kept in the store, and a topic for each is
 * joined while the node runs. Commits that come on a topic go to {@code receiver}. Safe for use by
 * many threads.
 */
public final class FollowedTopics {
  private final Database database;
  private final AnsweredTopics topics;
  private final RequestHandler receiver;

  /** {@code receiver}: takes the commits that are told on followed topics. */
  public FollowedTopics(Database database, AnsweredTopics topics, RequestHandler receiver) {
    this.database = database;
    this.topics = topics;
    this.receiver = receiver;
  }

  /** Joins what was followed when the node stopped. */
  public void rejoin() {
    try (Transaction transaction = database.begin(true)) {
      for (TopicStore kind : TopicStore.values()) {
        kind.list(transaction.local()).forEach(topic -> topics.join(topic, receiver));
      }
    }
  }

  /** By collection name; the topic is the collection's ID, which no patch changes. */
  public Subscriptions collections() {
    return new Stored(
        TopicStore.COLLECTIONS,
        (catalog, name) -> collection(catalog, name).collectionId(),
        FollowedTopics::name);
  }

  /** By docID; the document need not be here. */
  public Subscriptions documents() {
    return new Stored(
        TopicStore.DOCUMENTS, (catalog, name) -> DocIds.parse(name).text(), (catalog, id) -> id);
  }

  static CollectionVersion collection(Catalog catalog, String name) {
    return catalog
        .activeByName(name)
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.COLLECTION_NOT_FOUND, "collection not found", "Name", name));
  }

  /** A collection that has no active version any more goes by its ID. */
  private static String name(Catalog catalog, String collectionId) {
    return catalog.active().stream()
        .filter(version -> version.collectionId().equals(collectionId))
        .map(CollectionVersion::name)
        .findFirst()
        .orElse(collectionId);
  }

  private final class Stored implements Subscriptions {
    private final TopicStore store;
    private final BiFunction<Catalog, String, String> toId;
    private final BiFunction<Catalog, String, String> toName;

    Stored(
        TopicStore store,
        BiFunction<Catalog, String, String> toId,
        BiFunction<Catalog, String, String> toName) {
      this.store = store;
      this.toId = toId;
      this.toName = toName;
    }

    @Override
    public List<String> names() {
      try (Transaction transaction = database.begin(true)) {
        return store.list(transaction.local()).stream()
            .map(id -> toName.apply(transaction.catalog(), id))
            .toList();
      }
    }

    @Override
    public void add(List<String> names) {
      change(names, store::put).forEach(topic -> topics.join(topic, receiver));
    }

    @Override
    public void remove(List<String> names) {
      change(names, store::remove).forEach(topics::leave);
    }

    private List<String> change(List<String> names, BiConsumer<LocalState, String> change) {
      try (Transaction transaction = database.begin(Origin.LOCAL)) {
        List<String> ids =
            names.stream().map(name -> toId.apply(transaction.catalog(), name)).toList();
        ids.forEach(id -> change.accept(transaction.local(), id));
        transaction.commit();
        return ids;
      }
    }
  }
}
