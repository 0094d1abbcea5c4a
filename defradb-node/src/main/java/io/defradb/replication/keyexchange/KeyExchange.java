package io.defradb.replication.keyexchange;

import io.defradb.crypto.AesGcm;
import io.defradb.crypto.X25519;
import io.defradb.db.Database;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.gossipsub.TopicMessage;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.KeySource;
import io.defradb.replication.topic.AnsweredTopics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges keys of encrypted documents with the neighbours. Whoever answers must have all that one
 * request names; the first answer with a key counts, and who has none now is asked again until the
 * limit. Safe for use by many threads; nothing blocks the caller.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a run ends itself
public final class KeyExchange implements KeySource, AutoCloseable {
  static final String TOPIC = "encryption";

  private static final Logger LOG = LoggerFactory.getLogger("net");
  private static final int KEYS_PER_REQUEST = 100;
  private static final int OPEN_MAX = 64;
  private static final int WAITING_MAX = 10_000;
  private static final int ANSWERS_MAX = 64;
  private static final int READ_MAX = 8;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private final AnsweredTopics topics;
  private final PeerId self;
  private final String did;
  private final EventLoop loop;
  private final Executor workers;
  private final RandomGenerator random;
  private final KeyStore store;
  private final KeyGuard guard;
  private final Semaphore answers = new Semaphore(ANSWERS_MAX);
  private final Map<Cid, CompletableFuture<Boolean>> wanted = new HashMap<>();
  private final Queue<Asking> waiting = new ArrayDeque<>();
  private int open;
  private boolean isClosed;

  /**
   * @param did of this node; empty: it has none
   * @param loop of the host
   * @param workers where the store is read and written, and what is told is sealed
   * @param random unpredictable: keys come from it
   */
  public KeyExchange(
      Database database,
      KeyGuard guard,
      AnsweredTopics topics,
      PeerId self,
      String did,
      EventLoop loop,
      Executor workers,
      RandomGenerator random) {
    this.store = new KeyStore(database);
    this.guard = guard;
    this.topics = topics;
    this.self = self;
    this.did = did;
    this.loop = loop;
    this.workers = workers;
    this.random = random;
  }

  /** Answers from now on; needed for asking, too. */
  public void join() {
    topics.join(TOPIC, this::answer);
  }

  private CompletionStage<Bytes> answer(TopicMessage message) {
    if (!answers.tryAcquire()) {
      throw new DefraException(ErrorCode.BUSY, "too many requests for encryption keys");
    }
    try {
      return guard
          .of(message.author())
          .thenApplyAsync(access -> reply(message.data(), access), workers)
          .whenComplete((reply, failure) -> answers.release());
    } catch (RejectedExecutionException full) {
      answers.release();
      throw full;
    }
  }

  private Bytes reply(Bytes message, KeyAccess access) {
    KeyRequest request = KeyRequest.decode(message);
    List<Bytes> blocks = store.readable(access, request.did(), request.links());
    if (blocks.isEmpty()) {
      return KeyReply.NOTHING.encode();
    }
    byte[] privateKey = bytes(X25519.KEY_BYTES);
    KeySeal seal = KeySeal.ofAnswerer(privateKey, request.publicKey(), self);
    List<Bytes> sealed = new ArrayList<>();
    for (Bytes block : blocks) {
      sealed.add(seal.seal(bytes(AesGcm.NONCE_BYTES), block));
    }
    List<Bytes> links = request.links().stream().map(link -> Bytes.wrap(link.toBytes())).toList();
    return new KeyReply(links, sealed, Bytes.wrap(X25519.publicKey(privateKey))).encode();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** What is asked for already is not asked for twice; what is too much is not asked for now. */
  @Override
  public CompletionStage<Boolean> fetch(Set<Cid> keys) {
    Set<CompletableFuture<Boolean>> ends = new HashSet<>();
    List<Cid> fresh = new ArrayList<>();
    synchronized (wanted) {
      for (Cid key : keys) {
        CompletableFuture<Boolean> known = wanted.get(key);
        if (known != null) {
          ends.add(known);
        } else {
          fresh.add(key);
        }
      }
      if (isClosed || wanted.size() + fresh.size() > WAITING_MAX) {
        return CompletableFuture.completedFuture(false);
      }
      for (int i = 0; i < fresh.size(); i += KEYS_PER_REQUEST) {
        Set<Cid> some = Set.copyOf(fresh.subList(i, Math.min(fresh.size(), i + KEYS_PER_REQUEST)));
        var asking = new Asking(some);
        some.forEach(key -> wanted.put(key, asking.end));
        waiting.add(asking);
        ends.add(asking.end);
      }
    }
    next();
    return all(ends);
  }

  private static CompletableFuture<Boolean> all(Collection<CompletableFuture<Boolean>> ends) {
    return ends.stream()
        .reduce((one, other) -> one.thenCombine(other, Boolean::logicalAnd))
        .orElseGet(() -> CompletableFuture.completedFuture(true));
  }

  private void next() {
    while (true) {
      Asking asking;
      synchronized (wanted) {
        if (isClosed || open >= OPEN_MAX || waiting.isEmpty()) {
          return;
        }
        asking = waiting.remove();
        open++;
      }
      loop.execute(asking::begin);
    }
  }

  /** What was asked for and did not come has not come. */
  @Override
  public void close() {
    List<CompletableFuture<Boolean>> ends;
    synchronized (wanted) {
      isClosed = true;
      waiting.clear();
      ends = List.copyOf(wanted.values());
      wanted.clear();
    }
    ends.forEach(end -> end.complete(false));
    topics.leave(TOPIC);
  }

  /** A request that is repeated, with longer and longer pauses, until it is met or the limit. */
  private final class Asking implements AnsweredTopics.Listener {
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final Set<Cid> keys;
    private final KeyRun run;
    private Duration pause = FIRST_PAUSE;
    private int reading;
    private AnsweredTopics.@Nullable Request request;
    private EventLoop.@Nullable Timer repeat;
    private EventLoop.@Nullable Timer limit;

    Asking(Set<Cid> keys) {
      this.keys = keys;
      this.run = new KeyRun(did, keys, random);
    }

    /** On the loop, as all that follows. */
    void begin() {
      end.whenComplete((isMet, never) -> loop.run(this::finish));
      if (!end.isDone()) {
        limit = loop.schedule(LIMIT, () -> end.complete(false));
        ask();
      }
    }

    private void ask() {
      if (end.isDone()) {
        return;
      }
      if (request != null) {
        request.close();
      }
      try {
        request = topics.ask(TOPIC, run.request(), this);
      } catch (DefraException busy) {
        LOG.debug("Keys are asked for later", busy);
      }
      repeat = loop.schedule(pause, this::ask);
      pause = pause.multipliedBy(2);
    }

    @Override
    public void answered(PeerId peer, Bytes data) {
      if (end.isDone() || reading >= READ_MAX) {
        return;
      }
      reading++;
      try {
        workers.execute(() -> read(peer, data));
      } catch (RejectedExecutionException full) {
        reading--;
      }
    }

    private void read(PeerId peer, Bytes data) {
      boolean isMet = false;
      try {
        Map<Cid, Bytes> found = run.read(peer, data);
        if (!found.isEmpty()) {
          store.keep(found.values());
          run.stored(found.keySet());
        }
        isMet = run.isComplete();
      } catch (DefraException refused) {
        LOG.atDebug().addKeyValue("Peer", peer).setCause(refused).log("Keys were not taken");
      } finally {
        boolean isDone = isMet;
        loop.execute(() -> noteRead(isDone));
      }
    }

    private void noteRead(boolean isMet) {
      reading--;
      if (isMet) {
        end.complete(true);
      }
    }

    /** Somebody else may have them, or the same one later. */
    @Override
    public void failed(PeerId peer, String error) {}

    private void finish() {
      if (request != null) {
        request.close();
      }
      if (repeat != null) {
        repeat.cancel();
      }
      if (limit != null) {
        limit.cancel();
      }
      synchronized (wanted) {
        keys.forEach(key -> wanted.remove(key, end));
        open--;
      }
      next();
    }
  }
}
