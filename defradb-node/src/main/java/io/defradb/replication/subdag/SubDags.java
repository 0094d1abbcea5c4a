package io.defradb.replication.subdag;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.ConnectionListener;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.bitswap.BlockSource;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks peers for sub-DAGs, and answers them. Safe for use by many threads; nothing blocks. A peer
 * that does not list the protocol is never asked.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure ends the meeting
public final class SubDags {
  public static final String PROTOCOL = "/defradb-jvm/sub-dag/1.0.0";
  private static final int ANSWERS_MAX = 32;
  private static final Duration MEETING = Duration.ofSeconds(10);

  private final Host host;
  private final BlockSource source;

  /** Connected peers that told what they speak, and whether this is among it. */
  private final Map<PeerId, Boolean> met = new ConcurrentHashMap<>();

  private final Map<PeerId, CompletableFuture<Void>> meetings = new ConcurrentHashMap<>();
  private final AtomicInteger answers = new AtomicInteger();

  /** Takes blocks as they come. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Some blocks, each after one that links it; their hashes are the taker's to check. Called on
     * an event loop, the next time when the stage has completed. A failed stage ends the answer.
     */
    CompletionStage<Void> take(List<Bytes> blocks);
  }

  /**
   * Registers with the host; to be made before the host listens. {@code source}: which blocks may
   * be given to whom.
   */
  public SubDags(Host host, BlockSource source) {
    this.host = host;
    this.source = source;
    host.listen(new Speakers());
    host.handle(List.of(PROTOCOL), this::serve);
  }

  /** Whether the peer is connected and understands what is added to the standard protocols. */
  public boolean isSpokenBy(PeerId peer) {
    return met.getOrDefault(peer, false);
  }

  /** Whether the peer is connected and does not understand it. */
  public boolean isForeignTo(PeerId peer) {
    return !met.getOrDefault(peer, true);
  }

  /** Whether somebody is connected who does not understand it. */
  public boolean isForeignToSome() {
    return met.containsValue(false);
  }

  /**
   * Connects to a peer. Completes when it told what it speaks, is not to be had, or tells nothing
   * for some seconds; does not fail.
   */
  public CompletionStage<Void> meet(PeerId peer) {
    if (met.containsKey(peer)) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> meeting =
        meetings.computeIfAbsent(peer, any -> new CompletableFuture<>());
    if (met.containsKey(peer)) { // by now
      end(peer);
    } else {
      host.connect(new PeerAddresses(peer, List.of()))
          .whenComplete(
              (connection, failure) -> {
                if (connection == null) {
                  end(peer);
                } else {
                  host.loop().schedule(MEETING, () -> end(peer));
                }
              });
    }
    return meeting;
  }

  private void end(PeerId peer) {
    CompletableFuture<Void> meeting = meetings.remove(peer);
    if (meeting != null) {
      meeting.complete(null);
    }
  }

  /**
   * Asks a peer. Completes when it has sent what it has of that; fails with PEER_TIMEOUT when
   * nothing came for some seconds, PEER_FAULT, or as streams do. What came is given to {@code sink}
   * either way.
   */
  public CompletionStage<Void> fetch(PeerId peer, SubDagRequest request, Sink sink) {
    return host.open(peer, List.of(PROTOCOL))
        .thenCompose(stream -> new SubDagFetch(stream, sink).start(request));
  }

  private void serve(Stream stream) {
    if (answers.incrementAndGet() > ANSWERS_MAX) {
      answers.decrementAndGet();
      stream.reset(); // the peer gets the blocks one by one
    } else {
      new SubDagAnswer(stream, source, host.loop(), answers::decrementAndGet).start();
    }
  }

  /** Keeps track of who speaks the protocol. */
  private final class Speakers implements ConnectionListener {
    @Override
    public void identified(Connection connection, Set<String> protocols) {
      met.put(connection.remotePeer(), protocols.contains(PROTOCOL));
      end(connection.remotePeer());
    }

    @Override
    public void disconnected(Connection connection) {
      PeerId peer = connection.remotePeer();
      if (host.connections().stream().noneMatch(open -> open.remotePeer().equals(peer))) {
        met.remove(peer);
      }
    }
  }

  static DefraException fault(String text) {
    return new DefraException(ErrorCode.PEER_FAULT, text);
  }
}
