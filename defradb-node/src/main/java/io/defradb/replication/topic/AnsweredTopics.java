package io.defradb.replication.topic;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.gossipsub.PubSub;
import io.defradb.libp2p.protocol.gossipsub.TopicMessage;
import io.defradb.libp2p.protocol.gossipsub.Validator;
import io.defradb.multiformats.Bytes;
import io.defradb.replication.pushlog.PushLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Topics whose messages are answered (network specification, section 7.5): who joins one also joins
 * a topic of its own where answers come. An answer goes to the neighbour that a message came from,
 * so only direct neighbours of an asker are heard. Safe for use by many threads; nothing blocks.
 */
public final class AnsweredTopics implements AutoCloseable {
  private static final String RESPONSE = "/_response";
  private static final int REQUESTS_MAX = 10_000;

  /** Messages of others whose answers are being made; more are dropped, as gossip is when late. */
  private static final int ANSWERING_MAX = 1024;

  private static final long ANSWERING_BYTES_MAX = 32 << 20;

  private final PubSub pubSub;
  private final PeerId self;
  private final Executor workers;
  private final Map<String, List<PubSub.Subscription>> joined = new HashMap<>();
  private final Map<String, Set<Request>> requests = new HashMap<>();
  private final AtomicInteger answering = new AtomicInteger();
  private final AtomicLong answeringBytes = new AtomicLong();
  private final LongAdder unanswered = new LongAdder();

  /** {@code workers}: where messages to send are signed. */
  public AnsweredTopics(PubSub pubSub, PeerId self, Executor workers) {
    this.pubSub = pubSub;
    this.self = self;
    this.workers = workers;
  }

  /** Hears the answers to one request. Called on the host's loop; must not block. */
  public interface Listener {
    void answered(PeerId peer, Bytes data);

    /** A peer could not answer. */
    void failed(PeerId peer, String error);
  }

  /** A request whose answers are listened to until it is closed. */
  public final class Request implements AutoCloseable {
    private final String id;
    private final Listener listener;

    private Request(String id, Listener listener) {
      this.id = id;
      this.listener = listener;
    }

    @Override
    public void close() {
      synchronized (requests) {
        Set<Request> same = requests.get(id);
        if (same != null && same.remove(this) && same.isEmpty()) {
          requests.remove(id);
        }
      }
    }
  }

  /** Joins a topic, once; harmless when repeated. */
  public void join(String topic, RequestHandler handler) {
    synchronized (joined) {
      if (!joined.containsKey(topic)) {
        joined.put(
            topic,
            List.of(
                pubSub.join(topic, Validator.ALL, message -> answer(message, handler)),
                pubSub.join(responses(topic, self), Validator.ALL, this::received)));
      }
    }
  }

  /** Leaves a topic; harmless when it was not joined. */
  public void leave(String topic) {
    synchronized (joined) {
      List<PubSub.Subscription> subscriptions = joined.remove(topic);
      if (subscriptions != null) {
        subscriptions.forEach(PubSub.Subscription::close);
      }
    }
  }

  /**
   * Asks on a topic that was joined. Requests of equal bytes share their answers. Throws {@code
   * BUSY} when too many are open.
   */
  public Request ask(String topic, Bytes data, Listener listener) {
    var request = new Request(TopicResponse.id(data), listener);
    synchronized (requests) {
      if (requests.size() >= REQUESTS_MAX) {
        throw new DefraException(ErrorCode.BUSY, "too many open requests", "Max", REQUESTS_MAX);
      }
      requests.computeIfAbsent(request.id, id -> new HashSet<>()).add(request);
    }
    publish(topic, data);
    return request;
  }

  /**
   * Sends a message to whoever joined the topic, and signs it only if somebody did. Answers how
   * many it was queued for.
   */
  public CompletionStage<Integer> publish(String topic, Bytes data) {
    return pubSub
        .peers(topic)
        .thenCompose(
            peers ->
                peers.isEmpty()
                    ? CompletableFuture.completedFuture(0)
                    : CompletableFuture.supplyAsync(() -> pubSub.publish(topic, data), workers)
                        .thenCompose(sent -> sent));
  }

  /** The connected peers that follow the document or its collection; a snapshot. */
  CompletionStage<Set<PeerId>> followersOf(PushLog log) {
    return pubSub
        .peers(log.chain())
        .thenCombine(
            pubSub.peers(log.collectionId()),
            (some, others) -> {
              Set<PeerId> all = new HashSet<>(some);
              all.addAll(others);
              return all;
            });
  }

  /** Messages that were dropped because too many were being answered. */
  public long unanswered() {
    return unanswered.sum();
  }

  private static String responses(String topic, PeerId asker) {
    return topic + "/" + asker + RESPONSE;
  }

  private void answer(TopicMessage message, RequestHandler handler) {
    int bytes = message.data().length();
    int count = answering.incrementAndGet();
    long countBytes = answeringBytes.addAndGet(bytes);
    if (count > ANSWERING_MAX || countBytes > ANSWERING_BYTES_MAX) {
      unanswered.increment();
      answered(bytes);
      return;
    }
    String id = TopicResponse.id(message.data());
    data(message, handler)
        .whenComplete((data, failure) -> answered(bytes))
        .handle(
            (data, failure) ->
                failure == null
                    ? new TopicResponse(id, "", data)
                    : new TopicResponse(id, text(failure), Bytes.EMPTY))
        .thenCompose(
            response -> publish(responses(message.topic(), message.sender()), response.encode()));
  }

  private void answered(int bytes) {
    answering.decrementAndGet();
    answeringBytes.addAndGet(-bytes);
  }

  /** A handler that throws, at a malformed message say, must not harm the host's loop. */
  private static CompletionStage<Bytes> data(TopicMessage message, RequestHandler handler) {
    try {
      return handler.answer(message);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static String text(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof DefraException known ? known.getMessage() : "internal error";
  }

  private void received(TopicMessage message) {
    TopicResponse response;
    try {
      response = TopicResponse.decode(message.data());
    } catch (DefraException malformed) {
      return;
    }
    List<Request> asked;
    synchronized (requests) {
      asked = List.copyOf(requests.getOrDefault(response.id(), Set.of()));
    }
    for (Request request : asked) {
      if (response.error().isEmpty()) {
        request.listener.answered(message.sender(), response.data());
      } else {
        request.listener.failed(message.sender(), response.error());
      }
    }
  }

  /** Leaves all topics. */
  @Override
  public void close() {
    synchronized (joined) {
      List.copyOf(joined.keySet()).forEach(this::leave);
    }
  }
}
