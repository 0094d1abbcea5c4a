package io.defradb.replication.docsync;

import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.topic.AnsweredTopics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One asking for documents: which were reported, what of it is being fetched. */
final class SyncRun implements AnsweredTopics.Listener {
  /** Of all answers together; a document has a few. */
  private static final int HEADS_MAX = 100_000;

  private final String collectionId;
  private final Set<DocId> wanted;
  private final HeadFetcher fetcher;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Set<DocId> reported = new HashSet<>();
  private final Set<Cid> heads = new HashSet<>();
  private int underWay;
  private final Map<Cid, Throwable> failures = new HashMap<>();

  SyncRun(String collectionId, List<DocId> docIds, HeadFetcher fetcher) {
    this.collectionId = collectionId;
    this.wanted = Set.copyOf(docIds);
    this.fetcher = fetcher;
  }

  CompletableFuture<Void> end() {
    return end;
  }

  @Override
  public void answered(PeerId peer, Bytes data) {
    SyncReply reply;
    try {
      reply = SyncReply.decode(data);
    } catch (DefraException malformed) {
      return;
    }
    reply.heads().forEach((docId, cids) -> report(peer, docId, cids));
    endWhenDone();
  }

  /** Somebody else may have them. */
  @Override
  public void failed(PeerId peer, String error) {}

  private void report(PeerId peer, DocId docId, List<Cid> cids) {
    if (!wanted.contains(docId)) {
      return;
    }
    for (Cid head : cids) {
      synchronized (this) {
        boolean isTooMany = heads.size() + failures.size() >= HEADS_MAX;
        if (end.isDone() || isTooMany || !heads.add(head)) {
          continue;
        }
        underWay++;
      }
      fetcher
          .fetchAndMerge(collectionId, docId, head, peer)
          .whenComplete((done, problem) -> fetched(head, problem));
    }
    synchronized (this) {
      reported.add(docId);
    }
  }

  /** A head that did not come is asked from the next who reports it. */
  private void fetched(Cid head, @Nullable Throwable problem) {
    synchronized (this) {
      underWay--;
      if (problem == null) {
        failures.remove(head);
      } else {
        failures.put(head, problem);
        heads.remove(head);
      }
    }
    endWhenDone();
  }

  private void endWhenDone() {
    boolean isDone;
    synchronized (this) {
      isDone = underWay == 0 && failures.isEmpty() && reported.containsAll(wanted);
    }
    if (isDone) {
      end.complete(null);
    }
  }

  /** What is under way goes on by itself. */
  void timeOut() {
    Throwable reason;
    boolean hasAny;
    synchronized (this) {
      reason = failures.isEmpty() ? null : failures.values().iterator().next();
      hasAny = !reported.isEmpty() && underWay == 0;
    }
    if (reason == null && hasAny) {
      end.complete(null);
    } else {
      end.completeExceptionally(
          reason != null
              ? reason
              : new DefraException(ErrorCode.PEER_TIMEOUT, "timeout while syncing doc"));
    }
  }
}
