package io.defradb.libp2p.protocol.bitswap;

import io.defradb.error.DefraException;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One peer: what it is still to be told, and the lanes on which it is. On the host's loop. */
final class BitswapLink {
  private final PeerId peer;
  private final Owner owner;
  private final BitswapStats stats;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final Map<Cid, Want> wants = new LinkedHashMap<>();
  private final Deque<BitswapMessage> answers = new ArrayDeque<>();
  private final Lane wantLane;
  private final Lane answerLane;
  private boolean isWantListFull = true;
  private @Nullable CompletableFuture<Void> answered;

  /** Whom the link belongs to. */
  interface Owner {
    /** A stream of this host's was opened; what comes on it is read as on any other. */
    void opened(Stream stream);

    /** The peer was asked for blocks and cannot be, or may have forgotten. */
    void wantsLost(BitswapLink link);

    /** All that the peer is asked for. */
    List<Want> wantsOf(PeerId peer);
  }

  BitswapLink(PeerId peer, Host host, Owner owner, BitswapStats stats) {
    this.peer = peer;
    this.owner = owner;
    this.stats = stats;
    this.wantLane =
        new Lane(host.loop(), () -> host.open(peer, BitswapVersion.ids()), new WantTalk());
    this.answerLane =
        new Lane(host.loop(), () -> host.open(peer, BitswapVersion.ids()), new AnswerTalk());
  }

  PeerId peer() {
    return peer;
  }

  /** Live. */
  Set<Connection> connections() {
    return connections;
  }

  /** The newest word about a block is the one that is sent. */
  void add(Want want) {
    wants.put(want.cid(), want);
  }

  boolean hasWants() {
    return !wants.isEmpty();
  }

  void flushWants() {
    if (!wants.isEmpty()) {
      wantLane.flush();
    }
  }

  /** Sends answers; the stage completes when all are under the peer's window, or lost. */
  CompletionStage<Void> send(List<BitswapMessage> messages) {
    var done = new CompletableFuture<Void>();
    answered = done;
    answers.addAll(messages);
    answerLane.flush();
    return done;
  }

  void lost(Stream stream, DefraException reason) {
    wantLane.lost(stream, reason);
    answerLane.lost(stream, reason);
  }

  void close() {
    wants.clear();
    wantLane.close();
    answerLane.close();
    endAnswers();
  }

  private void endAnswers() {
    stats.unsent.add(answers.size());
    answers.clear();
    CompletableFuture<Void> done = answered;
    answered = null;
    if (done != null) {
      done.complete(null);
    }
  }

  private final class WantTalk implements Lane.Talk {
    @Override
    public @Nullable BitswapMessage next() {
      if (wants.isEmpty() && !isWantListFull) {
        return null;
      }
      List<Want> sent = isWantListFull ? owner.wantsOf(peer) : new ArrayList<>(wants.values());
      var message = BitswapMessage.ofWants(sent, isWantListFull);
      isWantListFull = false;
      wants.clear();
      return message;
    }

    @Override
    public void opened(Stream stream) {
      owner.opened(stream);
    }

    @Override
    public void lost(DefraException failure) {
      isWantListFull = true;
      wants.clear();
      owner.wantsLost(BitswapLink.this);
    }
  }

  private final class AnswerTalk implements Lane.Talk {
    @Override
    public @Nullable BitswapMessage next() {
      BitswapMessage message = answers.poll();
      if (message == null) {
        endAnswers();
      }
      return message;
    }

    @Override
    public void opened(Stream stream) {
      owner.opened(stream);
    }

    @Override
    public void lost(DefraException failure) {
      endAnswers(); // the peer asks again for what it missed
    }
  }
}
