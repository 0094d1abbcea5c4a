package io.defradb.libp2p.host;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.AddressReach;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Dials one peer: its addresses one after the other, a little apart, the next at once when one
 * fails, several at a time; the first that answers wins, the others are given up. On the host's
 * loop.
 */
final class PeerDial {
  private final PeerId peer;
  private final EventLoop loop;
  private final HostSettings settings;
  private final DialBackoff backoff;
  private final BiFunction<Multiaddr, Duration, CompletionStage<HostConnection>> attempt;
  private final Queue<Multiaddr> waiting;
  private final CompletableFuture<Connection> result = new CompletableFuture<>();
  private int running;
  private EventLoop.@Nullable Timer stagger;
  private @Nullable DefraException lastFailure;

  /** {@code attempt}: dials one address within a limit; completes on any loop. */
  PeerDial(
      PeerId peer,
      List<Multiaddr> addresses,
      EventLoop loop,
      HostSettings settings,
      DialBackoff backoff,
      BiFunction<Multiaddr, Duration, CompletionStage<HostConnection>> attempt) {
    this.peer = peer;
    this.loop = loop;
    this.settings = settings;
    this.backoff = backoff;
    this.attempt = attempt;
    List<Multiaddr> nearestFirst = new ArrayList<>(addresses);
    nearestFirst.sort(Comparator.comparing(Multiaddr::reach)); // stable
    this.waiting = new ArrayDeque<>(nearestFirst);
  }

  CompletableFuture<Connection> start() {
    if (waiting.isEmpty()) {
      end(unreachable("no addresses"));
    } else {
      next();
    }
    return result;
  }

  private void next() {
    cancelStagger();
    if (result.isDone()) {
      return;
    }
    if (running < settings.dialsOfPeerMax() && !waiting.isEmpty()) {
      dial(waiting.remove());
      stagger = loop.schedule(settings.dialStagger(), this::next);
    } else if (running == 0) {
      end(lastFailure == null ? unreachable("no good addresses") : lastFailure);
    }
  }

  private void dial(Multiaddr address) {
    boolean isNear = address.reach() != AddressReach.PUBLIC;
    Duration limit = isNear ? settings.dialPrivateLimit() : settings.dialPublicLimit();
    running++;
    attempt
        .apply(address, limit)
        .whenComplete(
            (connection, failure) -> loop.execute(() -> done(address, connection, failure)));
  }

  private void done(
      Multiaddr address, @Nullable HostConnection connection, @Nullable Throwable failure) {
    running--;
    if (connection != null) {
      backoff.reached(address);
      cancelStagger();
      if (!result.complete(connection)) {
        connection.close(); // one was faster
      }
      return;
    }
    backoff.failed(address, loop.nanoTime());
    if (failure != null) {
      lastFailure = unreachable(Failures.unwrap(failure).getMessage());
    }
    next();
  }

  private void end(DefraException failure) {
    cancelStagger();
    result.completeExceptionally(failure);
  }

  private void cancelStagger() {
    if (stagger != null) {
      stagger.cancel();
    }
  }

  private DefraException unreachable(@Nullable String why) {
    return new DefraException(
        ErrorCode.PEER_UNREACHABLE,
        "failed to dial",
        "PeerID",
        peer,
        "Reason",
        String.valueOf(why));
  }
}
