package io.defradb.replication.topic;

import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells by calls what peers have not heard by gossip. The reference keeps 32 messages waiting and
 * drops what comes beyond, so that of a burst it misses some. It asks for the signature of each
 * commit that it hears of: what it does not ask for while others of the burst are asked for, and
 * then nothing more, is told again, the newest commit of each document. Best effort, and bounded.
 * Safe for use by many threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // best effort
final class UnheardCommits implements AutoCloseable {
  private static final int COMMITS_MAX = 8192;
  private static final int CALLS_MAX = 4;
  private static final int ATTEMPTS_MAX = 3;
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Looks after which a commit is unheard although the peer goes on asking for others. */
  private static final int LOOKS_MAX = 8;

  private final AnsweredTopics topics;
  private final Audience audience;
  private final EventLoop loop;
  private final Map<Follower, Told> open = new LinkedHashMap<>();

  /** Of those open, what to call about. */
  private final Map<Follower, Told> unheard = new LinkedHashMap<>();

  private EventLoop.@Nullable Timer timer;
  private boolean isAskedFor;
  private boolean isClosed;
  private int calls;

  /** What a peer was told last of a document or chain. */
  private static final class Told {
    final PushLog log;
    final CompletableFuture<Void> asked;
    boolean isUnheard;
    int looks;
    int attempts;

    Told(PushLog log, CompletableFuture<Void> asked) {
      this.log = log;
      this.asked = asked;
    }
  }

  UnheardCommits(AnsweredTopics topics, Audience audience, EventLoop loop) {
    this.topics = topics;
    this.audience = audience;
    this.loop = loop;
  }

  /** To be called before the commit goes out by gossip. */
  void tell(PushLog log) {
    Cid sign = sign(log);
    if (sign != null) {
      topics
          .followersOf(log)
          .thenAccept(
              peers ->
                  peers.stream()
                      .filter(audience::mayMiss)
                      .forEach(peer -> watch(new Follower(peer, log.chain()), log, sign)));
    }
  }

  /** What a peer asks for when it hears of the commit; {@code null}: there is nothing below it. */
  private static @Nullable Cid sign(PushLog log) {
    Block commit = BlockCodec.decode(log.block().unsafeArray());
    Cid signature = commit.signature();
    if (signature != null) {
      return signature;
    }
    return commit.links().isEmpty() ? null : commit.links().get(0).cid();
  }

  private void watch(Follower follower, PushLog log, Cid sign) {
    var told = new Told(log, audience.asked(follower.peer(), sign));
    Told before;
    synchronized (this) {
      if (isClosed || (open.size() >= COMMITS_MAX && !open.containsKey(follower))) {
        before = told;
      } else {
        before = open.remove(follower);
        open.put(follower, told);
        unheard.remove(follower);
        isAskedFor = true; // the peer has had no time yet
        look();
      }
    }
    if (before != null) {
      before.asked.complete(null);
    }
    told.asked.whenComplete((done, failure) -> end(follower, told));
  }

  private synchronized void end(Follower follower, Told told) {
    if (open.remove(follower, told)) {
      unheard.remove(follower);
      isAskedFor = true;
    }
  }

  /** Guarded by this. */
  private void look() {
    if (timer == null && !open.isEmpty() && !isClosed) {
      timer = loop.schedule(LOOK, this::looked);
    }
  }

  private void looked() {
    synchronized (this) {
      timer = null;
      for (Map.Entry<Follower, Told> entry : open.entrySet()) {
        Told told = entry.getValue();
        told.looks++;
        if (!told.isUnheard && (!isAskedFor || told.looks >= LOOKS_MAX)) {
          told.isUnheard = true;
          unheard.put(entry.getKey(), told);
        }
      }
      isAskedFor = false;
      look();
    }
    callNext();
  }

  private void callNext() {
    while (true) {
      Follower follower;
      Told told;
      synchronized (this) {
        if (calls >= CALLS_MAX || unheard.isEmpty() || isClosed) {
          return;
        }
        Map.Entry<Follower, Told> first = unheard.entrySet().iterator().next();
        follower = first.getKey();
        told = first.getValue();
        unheard.remove(follower);
        calls++;
      }
      call(follower, told);
    }
  }

  /** Unless the peer does not follow it any more. */
  private void call(Follower follower, Told told) {
    topics
        .followersOf(told.log)
        .thenCompose(
            peers ->
                peers.contains(follower.peer())
                    ? audience.call(follower.peer(), told.log)
                    : CompletableFuture.completedFuture(null))
        .whenComplete((done, failure) -> called(follower, told, failure == null));
  }

  private void called(Follower follower, Told told, boolean isDone) {
    synchronized (this) {
      calls--;
      told.attempts++;
      if (!isDone && told.attempts < ATTEMPTS_MAX && !isClosed) {
        told.isUnheard = false;
        told.looks = 0;
      } else {
        open.remove(follower, told);
      }
    }
    if (isDone || told.attempts >= ATTEMPTS_MAX) {
      told.asked.complete(null);
    }
    loop.execute(this::callNext);
  }

  /** Nothing more is told. */
  @Override
  public synchronized void close() {
    isClosed = true;
    if (timer != null) {
      timer.cancel();
    }
    open.clear();
    unheard.clear();
  }
}
