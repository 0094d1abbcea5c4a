package io.defradb.replication.pushlog;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.bitswap.BlockSource;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells when a peer has asked for certain blocks: how far it has come with what it was told. Safe
 * for use by many threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the answer is the caller's
public final class AskedBlocks implements BlockSource {
  /** In which an answer reaches a peer, and what it asked for together with that. */
  private static final Duration ON_THE_WAY = Duration.ofMillis(150);

  private final BlockSource source;
  private final EventLoop loop;
  private final Map<Ask, Watch> watches = new ConcurrentHashMap<>();

  private record Ask(PeerId peer, Cid cid) {}

  private record Watch(Set<Cid> left, CompletableFuture<Void> over) {}

  public AskedBlocks(BlockSource source, EventLoop loop) {
    this.source = source;
    this.loop = loop;
  }

  @Override
  public CompletionStage<List<Optional<Bytes>>> read(PeerId asker, List<Cid> cids, int bytesMax) {
    CompletionStage<List<Optional<Bytes>>> answer = source.read(asker, cids, bytesMax);
    if (!watches.isEmpty()) {
      answer.whenComplete((blocks, failure) -> cids.forEach(cid -> asked(new Ask(asker, cid))));
    }
    return answer;
  }

  /**
   * Completes a moment after the peer asked for all of {@code cids}, from now on. Whoever waits no
   * longer completes it.
   */
  public CompletableFuture<Void> watch(PeerId peer, Collection<Cid> cids) {
    Set<Cid> left = ConcurrentHashMap.newKeySet();
    left.addAll(cids);
    var watch = new Watch(left, new CompletableFuture<>());
    cids.forEach(cid -> watches.put(new Ask(peer, cid), watch));
    watch.over.whenComplete(
        (done, failure) -> cids.forEach(cid -> watches.remove(new Ask(peer, cid), watch)));
    return watch.over;
  }

  private void asked(Ask ask) {
    Watch watch = watches.remove(ask);
    if (watch != null && watch.left.remove(ask.cid) && watch.left.isEmpty()) {
      loop.schedule(ON_THE_WAY, () -> watch.over.complete(null));
    }
  }
}
