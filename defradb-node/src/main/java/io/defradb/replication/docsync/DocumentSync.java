package io.defradb.replication.docsync;

import io.defradb.db.CommitReader;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.gossipsub.TopicMessage;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.topic.AnsweredTopics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Asks the neighbours for documents, and answers those who ask (network specification, section
 * 9.3). Safe for use by many threads; nothing blocks the caller.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is told to who asked
public final class DocumentSync {
  private static final String TOPIC = "doc-sync";

  /** After which one asks again, and then after twice as long each time. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Database database;
  private final AnsweredTopics topics;
  private final PeerId self;
  private final EventLoop loop;
  private final HeadFetcher fetcher;
  private final Executor workers;

  /**
   * {@code loop}: of the host. {@code workers}: where the store is read; what they refuse is
   * answered as a failure.
   */
  public DocumentSync(
      Database database,
      AnsweredTopics topics,
      PeerId self,
      EventLoop loop,
      HeadFetcher fetcher,
      Executor workers) {
    this.database = database;
    this.topics = topics;
    this.self = self;
    this.loop = loop;
    this.fetcher = fetcher;
    this.workers = workers;
  }

  /** Answers from now on; needed for asking, too. */
  public void join() {
    topics.join(TOPIC, this::answer);
  }

  private CompletionStage<Bytes> answer(TopicMessage message) {
    return CompletableFuture.supplyAsync(
        () -> new SyncReply(heads(SyncRequest.decode(message.data())), self.toString()).encode(),
        workers);
  }

  private Map<DocId, List<Cid>> heads(SyncRequest request) {
    Map<DocId, List<Cid>> found = new LinkedHashMap<>();
    try (Transaction transaction = database.begin(true)) {
      CommitReader commits = transaction.commits();
      for (DocId docId : request.docIds()) {
        commits
            .heads(docId)
            .map(CommitReader.DocumentHeads::composite)
            .filter(composite -> !composite.isEmpty())
            .ifPresent(composite -> found.put(docId, composite));
      }
    }
    return found;
  }

  /**
   * Completes when as many documents as were asked for were reported by somebody and everything
   * reported was fetched, or at the time-out with at least one of them. Fails with PEER_TIMEOUT
   * ({@code timeout while syncing doc}) when nobody had any, or as the last fetch did.
   */
  public CompletionStage<Void> sync(String collectionId, List<DocId> docIds, Duration timeout) {
    var run = new SyncRun(collectionId, docIds, fetcher);
    Bytes message = new SyncRequest(docIds).encode();
    AnsweredTopics.Request request = topics.ask(TOPIC, message, run);
    awaitAgain(run, message, FIRST_PAUSE);
    EventLoop.Timer timer = loop.schedule(timeout, run::timeOut);
    run.end()
        .whenComplete(
            (done, failure) -> {
              timer.cancel();
              request.close();
            });
    return run.end();
  }

  /** A message may be lost, and who comes meanwhile has not heard of it. */
  private void awaitAgain(SyncRun run, Bytes message, Duration pause) {
    loop.schedule(
        pause,
        () -> {
          if (!run.end().isDone()) {
            topics.publish(TOPIC, message);
            awaitAgain(run, message, pause.multipliedBy(2));
          }
        });
  }
}
