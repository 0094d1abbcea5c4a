package io.defradb.replication;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the node does with its peers, as its users direct it (network specification, sections 7 to
 * 9). Safe for use by many threads; calls block on storage, never on a peer. Throws {@code
 * DefraException} with the text that users see.
 */
public interface Replication {
  /** The node's own peer ID and where it listens, wildcard addresses resolved. */
  PeerInfo info();

  /** Collections that are followed, by name. */
  Subscriptions collections();

  /** Documents that are followed, by docID. */
  Subscriptions documents();

  /**
   * Completes when the neighbours know what is followed, so that they tell what they commit from
   * then on; after a second in any case.
   */
  CompletionStage<Void> told();

  /**
   * Asks the neighbours for documents and fetches what they have. Completes when as many documents
   * as were asked for have been reported and fetched, or at the time-out with at least one; fails
   * with {@code timeout while syncing doc} when nobody had any.
   *
   * @param timeout {@code null}: the node's own limit
   */
  CompletionStage<Void> sync(String collection, List<String> docIds, @Nullable Duration timeout);

  List<Replicator> replicators();

  /**
   * Pushes to a peer from now on, what exists first. Setting a peer again adds. Completes when it
   * is stored; the peer need not be reachable, but for an address without a peer ID.
   */
  CompletionStage<Void> setReplicator(ReplicatorTarget target);

  /** Takes collections or documents from a replicator, the last of them with the replicator. */
  CompletionStage<Void> deleteReplicator(ReplicatorTarget target);

  /** How far each replicator has come. */
  List<PeerStatus> status();
}
