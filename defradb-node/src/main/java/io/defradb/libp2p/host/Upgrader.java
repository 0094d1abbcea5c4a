package io.defradb.libp2p.host;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.multistream.Negotiation;
import io.defradb.libp2p.multistream.Proposal;
import io.defradb.libp2p.multistream.Response;
import io.defradb.libp2p.muxer.Muxer;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.security.Security;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.libp2p.transport.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes of a raw pipe one to a peer that proved who it is, ready for the muxer. */
final class Upgrader {
  /** A secured pipe and the muxer that was agreed on for it. */
  record Upgraded(Pipe pipe, PeerId peer, Muxer.Factory muxer) {}

  private final PeerId self;
  private final List<Security> securities;
  private final Muxer.Factory muxer;
  private final Duration limit;

  Upgrader(PeerId self, List<Security> securities, Muxer.Factory muxer, Duration limit) {
    this.self = self;
    this.securities = List.copyOf(securities);
    this.muxer = muxer;
    this.limit = limit;
  }

  /** Called on the pipe's loop, completes there; when it fails, the pipe is closed. */
  CompletionStage<Upgraded> upgrade(Pipe raw, boolean isDialer, @Nullable PeerId expected) {
    var done = new CompletableFuture<Upgraded>();
    EventLoop.Timer timer =
        raw.loop()
            .schedule(
                limit,
                () ->
                    done.completeExceptionally(
                        new DefraException(ErrorCode.PEER_TIMEOUT, "the handshake took too long")));
    PipeNegotiation.run(raw, negotiation(isDialer, securityNames()))
        .thenCompose(
            name -> byName(name).secure(raw, isDialer, expected, List.of(muxer.protocol())))
        .thenCompose(secured -> muxed(secured, isDialer))
        .whenComplete(
            (upgraded, failure) -> {
              if (failure != null) {
                done.completeExceptionally(Failures.unwrap(failure));
              } else if (!done.complete(upgraded)) {
                upgraded.pipe().close();
              }
            });
    return done.whenComplete(
        (upgraded, failure) -> {
          timer.cancel();
          if (failure != null) {
            raw.close();
          }
        });
  }

  private CompletionStage<Upgraded> muxed(Security.Secured secured, boolean isDialer) {
    if (secured.peer().equals(self)) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "the peer is this host itself");
    }
    if (secured.muxer() != null) {
      return CompletableFuture.completedStage(new Upgraded(secured.pipe(), secured.peer(), muxer));
    }
    return PipeNegotiation.run(secured.pipe(), negotiation(isDialer, List.of(muxer.protocol())))
        .thenApply(name -> new Upgraded(secured.pipe(), secured.peer(), muxer));
  }

  private static Negotiation negotiation(boolean isDialer, List<String> names) {
    return isDialer ? new Proposal(names) : new Response(names::contains);
  }

  private List<String> securityNames() {
    return securities.stream().map(Security::protocol).toList();
  }

  private Security byName(String name) {
    return securities.stream()
        .filter(security -> security.protocol().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
