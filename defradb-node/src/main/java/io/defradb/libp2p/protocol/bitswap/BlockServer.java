package io.defradb.libp2p.protocol.bitswap;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The server: looks up what peers want and answers; what is not here is remembered, and sent when
 * it comes. Lives on the host's loop. For each peer one look-up or one answer is under way, so that
 * a peer that does not read costs {@link BitswapSettings#readBytes} at most.
 */
final class BlockServer {
  private static final int CIDS_AT_A_TIME = 128;

  /** Bytes at which a message is full; the reference aims at a quarter of it. */
  private static final int MESSAGE_BYTES = 64 << 10;

  /** After blocks could not be read. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final BlockSource source;
  private final BitswapSettings settings;
  private final EventLoop loop;
  private final Answers answers;
  private final BitswapStats stats;
  private final Map<PeerId, PeerLedger> ledgers = new HashMap<>();
  private final Map<Cid, Set<PeerLedger>> unanswered = new HashMap<>();
  private final Deque<PeerLedger> ready = new ArrayDeque<>();
  private int reads;

  /** Whether somebody waits for a block; read by any thread. */
  private volatile boolean isWaitedFor;

  /** Sends answers: a port. The stage completes when the next may be sent. */
  interface Answers {
    CompletionStage<Void> send(PeerId peer, List<BitswapMessage> messages);
  }

  BlockServer(
      BlockSource source,
      BitswapSettings settings,
      EventLoop loop,
      Answers answers,
      BitswapStats stats) {
    this.stats = stats;
    this.source = source;
    this.settings = settings;
    this.loop = loop;
    this.answers = answers;
  }

  /** A peer's wants, or the end of them. */
  void received(PeerId peer, List<Want> wants, boolean isFull) {
    if (wants.isEmpty() && !isFull) {
      return;
    }
    PeerLedger ledger =
        ledgers.computeIfAbsent(peer, id -> new PeerLedger(id, settings.wantsPerPeerMax()));
    if (isFull) {
      List.copyOf(ledger.wanted()).forEach(cid -> forget(ledger, cid));
    }
    for (Want want : wants) {
      if (want.kind() == Want.Kind.CANCEL) {
        forget(ledger, want.cid());
      } else if (ledger.add(want)) {
        unanswered.computeIfAbsent(want.cid(), cid -> new LinkedHashSet<>()).add(ledger);
      } else {
        stats.ignored.increment();
      }
    }
    isWaitedFor = !unanswered.isEmpty();
    serve(ledger);
  }

  void peerRemoved(PeerId peer) {
    PeerLedger ledger = ledgers.remove(peer);
    if (ledger != null) {
      List.copyOf(ledger.wanted()).forEach(cid -> forget(ledger, cid));
      ready.remove(ledger);
      isWaitedFor = !unanswered.isEmpty();
    }
  }

  /** From any thread. */
  void stored(Collection<Cid> cids) {
    if (isWaitedFor) {
      loop.execute(() -> cids.forEach(this::stored));
    }
  }

  private void stored(Cid cid) {
    for (PeerLedger ledger : unanswered.getOrDefault(cid, Set.of())) {
      ledger.setDue(cid);
      serve(ledger);
    }
  }

  private void forget(PeerLedger ledger, Cid cid) {
    ledger.remove(cid);
    Set<PeerLedger> waiting = unanswered.get(cid);
    if (waiting != null && waiting.remove(ledger) && waiting.isEmpty()) {
      unanswered.remove(cid);
    }
  }

  private void serve(PeerLedger ledger) {
    if (ledger.isReading() || !ledger.hasDue() || ledgers.get(ledger.peer()) != ledger) {
      return;
    }
    if (reads >= settings.readsMax()) {
      if (!ready.contains(ledger)) {
        ready.add(ledger);
      }
      return;
    }
    reads++;
    ledger.setReading(true);
    List<Cid> cids = ledger.takeDue(CIDS_AT_A_TIME);
    look(ledger.peer(), cids)
        .whenComplete((blocks, failure) -> loop.run(() -> looked(ledger, cids, blocks)));
  }

  private CompletionStage<List<Optional<Bytes>>> look(PeerId peer, List<Cid> cids) {
    try {
      return source.read(peer, cids, settings.readBytes());
    } catch (RuntimeException unavailable) { // workers that are full say so at once
      return CompletableFuture.failedFuture(unavailable);
    }
  }

  /** {@code blocks} is {@code null} when they could not be read: that is tried again later. */
  private void looked(PeerLedger ledger, List<Cid> cids, @Nullable List<Optional<Bytes>> blocks) {
    reads--;
    if (blocks == null) {
      stats.unread.add(cids.size());
      cids.forEach(ledger::setDue);
      loop.schedule(PAUSE, () -> answered(ledger));
    } else {
      int count = Math.min(blocks.size(), cids.size());
      cids.subList(count, cids.size()).forEach(ledger::setDue);
      answer(ledger, cids.subList(0, count), blocks);
    }
    PeerLedger next = ready.poll();
    if (next != null) {
      serve(next);
    }
  }

  private void answer(PeerLedger ledger, List<Cid> cids, List<Optional<Bytes>> blocks) {
    var packer = new Packer();
    for (int i = 0; i < cids.size(); i++) {
      Cid cid = cids.get(i);
      Want want = ledger.want(cid);
      if (want != null) { // else it was cancelled meanwhile
        answer(ledger, want, blocks.get(i).orElse(null), packer);
      }
    }
    isWaitedFor = !unanswered.isEmpty();
    List<BitswapMessage> messages = packer.messages();
    if (messages.isEmpty()) {
      answered(ledger);
    } else {
      answers
          .send(ledger.peer(), messages)
          .whenComplete((done, failure) -> loop.run(() -> answered(ledger)));
    }
  }

  private void answered(PeerLedger ledger) {
    ledger.setReading(false);
    serve(ledger);
  }

  private void answer(PeerLedger ledger, Want want, @Nullable Bytes block, Packer packer) {
    Cid cid = want.cid();
    boolean isHere = block != null && block.length() <= BitswapMessage.BLOCK_BYTES_MAX;
    if (block == null || !isHere) {
      if (want.asksDontHave()) {
        packer.add(new Presence(cid, false));
      }
      return;
    }
    forget(ledger, cid);
    if (want.kind() == Want.Kind.BLOCK || block.length() <= settings.inlineBytesMax()) {
      packer.add(new Block(cid, block));
      stats.sent.increment();
    } else {
      packer.add(new Presence(cid, true));
    }
  }

  /** Puts answers into messages of some size. */
  private static final class Packer {
    private static final int PRESENCE_BYTES = 48;

    private final List<BitswapMessage> messages = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Presence> presences = new ArrayList<>();
    private int bytes;

    void add(Block block) {
      makeRoom(block.data().length());
      blocks.add(block);
    }

    void add(Presence presence) {
      makeRoom(PRESENCE_BYTES);
      presences.add(presence);
    }

    private void makeRoom(int more) {
      if (bytes > 0 && bytes + more > MESSAGE_BYTES) {
        flush();
      }
      bytes += more;
    }

    private void flush() {
      messages.add(BitswapMessage.ofAnswers(blocks, presences));
      blocks.clear();
      presences.clear();
      bytes = 0;
    }

    List<BitswapMessage> messages() {
      if (bytes > 0 || !blocks.isEmpty()) {
        flush();
      }
      return messages;
    }
  }
}
