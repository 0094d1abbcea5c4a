package io.defradb.libp2p.protocol.bitswap;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The client: which blocks are wanted, and of whom. A state machine, told of fetches, of what peers
 * say and that time passes; it answers through {@link WantOutput} and the fetches themselves. For
 * one thread.
 *
 * <p>The first preferred peer is asked for the block itself. Says it no, or nothing for a while,
 * the next is, and then all are asked whether they have it; whoever has is asked for it. A peer
 * that said no remembers the want, and sends the block when it comes there: so nobody is asked
 * twice in vain before {@link BitswapSettings#broadcastInterval}.
 */
final class WantList {
  private final BitswapSettings settings;
  private final WantOutput output;
  private final LongSupplier clock;
  private final long retryNanos;
  private final BitswapStats stats;
  private final Map<Cid, Search> searches = new LinkedHashMap<>();
  private final Deque<Fetch> waiting = new ArrayDeque<>();
  private final Set<PeerId> peers = new LinkedHashSet<>();
  private int nextPriority = Integer.MAX_VALUE;

  /** {@code clock}: nanoseconds, only ever forward. */
  WantList(BitswapSettings settings, WantOutput output, LongSupplier clock, BitswapStats stats) {
    this.stats = stats;
    this.settings = settings;
    this.output = output;
    this.clock = clock;
    this.retryNanos = settings.retryDelay().toNanos();
  }

  boolean isIdle() {
    return searches.isEmpty();
  }

  int activeCount() {
    return searches.size();
  }

  void fetch(Fetch fetch) {
    Search search = searches.get(fetch.cid());
    if (search == null && searches.size() >= settings.activeMax()) {
      if (waiting.size() >= settings.waitingMax()) {
        stats.refused.increment();
        fetch
            .answer()
            .completeExceptionally(
                new DefraException(ErrorCode.BUSY, "too many blocks are being fetched"));
        return;
      }
      waiting.add(fetch);
    } else {
      begin(fetch);
    }
  }

  private void begin(Fetch fetch) {
    long now = clock.getAsLong();
    Search search = searches.computeIfAbsent(fetch.cid(), Search::new);
    search.waiters().add(new Search.Waiter(fetch, now + fetch.limit().toNanos()));
    advance(search, now);
  }

  private void beginWaiting() {
    while (searches.size() < settings.activeMax() && !waiting.isEmpty()) {
      begin(waiting.remove());
    }
  }

  /** Gives up the fetches of a session. */
  void cancel(Fetch.Group group) {
    List<Fetch> given = new ArrayList<>();
    waiting.removeIf(fetch -> fetch.group() == group && given.add(fetch));
    for (Search search : List.copyOf(searches.values())) {
      search
          .waiters()
          .removeIf(waiter -> waiter.fetch().group() == group && given.add(waiter.fetch()));
      endIfUnwanted(search);
    }
    for (Fetch fetch : given) {
      fetch
          .answer()
          .completeExceptionally(
              new DefraException(ErrorCode.UNAVAILABLE, "the fetch was given up"));
    }
    beginWaiting();
  }

  /** A block came; true when somebody waited for it. */
  boolean received(PeerId from, Block block) {
    Search search = searches.get(block.cid());
    if (search == null && block.cid().codec() == Cid.VERSION_0) {
      search = searchByDigest(block.cid().digest());
    }
    if (search == null) {
      return false;
    }
    searches.remove(search.cid());
    cancelAt(search, from);
    for (Search.Waiter waiter : search.waiters()) {
      waiter.fetch().group().prefer(from);
    }
    beginWaiting();
    search.waiters().forEach(waiter -> waiter.fetch().answer().complete(block.data()));
    return true;
  }

  /** Version 1.0 sends blocks without saying of which codec they are. */
  private @Nullable Search searchByDigest(Bytes digest) {
    for (Search search : searches.values()) {
      if (search.cid().digest().equals(digest)) {
        return search;
      }
    }
    return null;
  }

  /** Who sent the block has forgotten the want, unless it was asked more than once. */
  private void cancelAt(Search search, PeerId sender) {
    search
        .asks()
        .forEach(
            (peer, ask) -> {
              if (!peer.equals(sender) || ask.isRepeated()) {
                output.send(peer, Want.cancel(search.cid()));
              }
            });
  }

  void received(PeerId from, Presence presence) {
    Search search = searches.get(presence.cid());
    Search.Ask ask = search == null ? null : search.asks().get(from);
    if (search != null && ask != null) {
      boolean isBlockPromised = ask.state() == Search.State.ASKED_BLOCK && presence.isHere();
      if (!isBlockPromised) {
        ask.says(presence.isHere() ? Search.State.HAS : Search.State.LACKS);
        advance(search, clock.getAsLong());
      }
    }
  }

  /** A peer that speaks the protocol: it may have what others have not. */
  void peerAdded(PeerId peer) {
    if (peers.add(peer)) {
      for (Search search : searches.values()) {
        Search.Ask ask = search.asks().get(peer);
        boolean isAsked = ask != null && ask.state() != Search.State.LACKS;
        if (search.isBroadcast() && !isAsked) {
          ask(search, peer, Search.State.ASKED_HAVE, clock.getAsLong());
        }
      }
    }
  }

  /** The peer is gone, or cannot be reached: what it was asked for is asked of others. */
  void peerRemoved(PeerId peer) {
    peers.remove(peer);
    long now = clock.getAsLong();
    for (Search search : List.copyOf(searches.values())) {
      if (search.asks().containsKey(peer)) {
        search.asks().put(peer, new Search.Ask(Search.State.LACKS, now));
        advance(search, now);
      }
    }
  }

  /** What the peer should be asked, for one that was told nothing yet or forgot it all. */
  List<Want> wantsOf(PeerId peer) {
    List<Want> wants = new ArrayList<>();
    for (Search search : searches.values()) {
      Search.Ask ask = search.asks().get(peer);
      if (ask != null) {
        wants.add(want(search, ask.state() == Search.State.ASKED_BLOCK));
      }
    }
    return wants;
  }

  /** To be called some times a second while not idle. */
  void tick() {
    long now = clock.getAsLong();
    for (Search search : List.copyOf(searches.values())) {
      expire(search, now);
      if (searches.containsKey(search.cid())) {
        askAgain(search, now);
      }
    }
    beginWaiting();
  }

  private void expire(Search search, long now) {
    List<Fetch> late = new ArrayList<>();
    search.waiters().removeIf(waiter -> now - waiter.deadline() >= 0 && late.add(waiter.fetch()));
    endIfUnwanted(search);
    for (Fetch fetch : late) {
      stats.late.increment();
      fetch
          .answer()
          .completeExceptionally(
              new DefraException(
                  ErrorCode.PEER_TIMEOUT, "no peer sent the block in time", "Cid", fetch.cid()));
    }
  }

  private void endIfUnwanted(Search search) {
    if (search.waiters().isEmpty() && searches.remove(search.cid(), search)) {
      search.asks().keySet().forEach(peer -> output.send(peer, Want.cancel(search.cid())));
    }
  }

  private void askAgain(Search search, long now) {
    search
        .asks()
        .forEach(
            (peer, ask) -> {
              if (ask.isOverdue(now, retryNanos)) {
                ask.repeat(now);
                output.send(peer, want(search, true));
                if (!search.isBroadcast()) {
                  search.broadcast(now - settings.broadcastInterval().toNanos());
                }
              }
            });
    if (search.isBroadcast()
        && search.needsBroadcast(now, settings.broadcastInterval().toNanos())) {
      broadcast(search, now);
    }
  }

  /** Asks the next peer, unless the block is coming. */
  private void advance(Search search, long now) {
    if (search.isComing(now, retryNanos)) {
      return;
    }
    for (Map.Entry<PeerId, Search.Ask> ask : search.asks().entrySet()) {
      if (ask.getValue().state() == Search.State.HAS) {
        ask(search, ask.getKey(), Search.State.ASKED_BLOCK, now);
        return;
      }
    }
    for (PeerId peer : search.preferred()) {
      if (!search.asks().containsKey(peer)) {
        ask(search, peer, Search.State.ASKED_BLOCK, now);
        return;
      }
    }
    if (search.needsBroadcast(now, settings.broadcastInterval().toNanos())) {
      broadcast(search, now);
    }
  }

  private void broadcast(Search search, long now) {
    search.broadcast(now);
    for (PeerId peer : peers) {
      Search.Ask ask = search.asks().get(peer);
      if (ask == null || ask.state() != Search.State.ASKED_BLOCK) {
        ask(search, peer, Search.State.ASKED_HAVE, now);
      }
    }
  }

  private void ask(Search search, PeerId peer, Search.State asked, long now) {
    search.asks().put(peer, new Search.Ask(asked, now));
    output.send(peer, want(search, asked == Search.State.ASKED_BLOCK));
  }

  /** The earlier it was wanted, the greater its priority. */
  private Want want(Search search, boolean isBlock) {
    int priority = nextPriority;
    nextPriority = nextPriority == 1 ? Integer.MAX_VALUE : nextPriority - 1;
    return new Want(search.cid(), priority, isBlock ? Want.Kind.BLOCK : Want.Kind.HAVE, true);
  }
}
