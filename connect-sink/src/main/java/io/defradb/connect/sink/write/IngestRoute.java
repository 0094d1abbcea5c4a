package io.defradb.connect.sink.write;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The node's ingest route and what goes with it. Safe for use by many threads. */
public interface IngestRoute extends AutoCloseable {

  /** A position as the node stores it: the greatest offset it has, and what was sent with it. */
  record StoredPosition(
      Partition partition, String clusterId, String topicId, long offset, String digest) {}

  /** What the node answered of one operation. */
  record OperationResult(long offset, String status, String docId) {
    /** The node had it already. */
    boolean isDuplicate() {
      return status.equals("duplicate");
    }
  }

  /** Every position of a sink, and which node has them. */
  record Positions(String feedId, List<StoredPosition> stored) {}

  /**
   * What a peer has of the node's log.
   *
   * @param acknowledged everything up to here, but for {@code owed} documents
   * @param newest where the log ends
   */
  record PeerProgress(long acknowledged, long newest, int owed) {
    boolean hasAllUpTo(long seq) {
      return owed == 0 && acknowledged >= seq;
    }
  }

  record Answer(String feedId, long offset, List<OperationResult> results) {}

  /**
   * Sends one batch.
   *
   * @throws RefusedBatch the node refuses it, and would again
   * @throws ChangedNode it is not the node that the batch is for
   * @throws io.defradb.error.DefraException of category RETRY: not stored, send again
   */
  Answer send(Batch batch) throws InterruptedException;

  /** How far each of the node's replicators has come. */
  List<PeerProgress> peers() throws InterruptedException;

  Positions positions(String sink) throws InterruptedException;

  /** Forgets a position: what is sent next is applied, whatever its offset. */
  void forget(String sink, Partition partition) throws InterruptedException;

  /** The collection's schema description; {@code COLLECTION_NOT_FOUND} when there is none. */
  JsonNode schema(String collection) throws InterruptedException;

  /** Adds collections, in GraphQL's schema language. */
  void addSchema(String sdl) throws InterruptedException;

  /** Patches schemas and makes the new versions active; {@code patch}: JSON Patch text. */
  void patchSchema(String patch) throws InterruptedException;

  @Override
  void close();
}
