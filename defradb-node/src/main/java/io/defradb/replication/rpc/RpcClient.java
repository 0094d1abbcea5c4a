package io.defradb.replication.rpc;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls methods of peers, over one stream a peer, which is opened with the first call and again
 * after it broke. Safe for use by many threads; nothing blocks.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure completes the answer
public final class RpcClient {
  private final Host host;
  private final Map<PeerId, CompletableFuture<RpcConnection>> connections =
      new ConcurrentHashMap<>();

  public RpcClient(Host host) {
    this.host = host;
  }

  /**
   * The reply. Fails with {@link RpcFailure}, PEER_TIMEOUT after {@code limit}, PEER_UNREACHABLE,
   * PROTOCOL_NOT_SPOKEN, PEER_CLOSED, BUSY when too many calls are open.
   */
  public CompletionStage<Bytes> call(PeerId peer, String method, Bytes request, Duration limit) {
    var answer = new CompletableFuture<Bytes>();
    host.loop()
        .schedule(
            limit,
            () ->
                answer.completeExceptionally(
                    new DefraException(
                        ErrorCode.PEER_TIMEOUT, "the peer did not answer in time", "Peer", peer)));
    connection(peer)
        .whenComplete(
            (connection, failure) -> {
              if (connection == null) {
                answer.completeExceptionally(failure);
              } else {
                connection.call(method, request, limit, answer);
              }
            });
    return answer;
  }

  private CompletableFuture<RpcConnection> connection(PeerId peer) {
    var opening = new CompletableFuture<RpcConnection>();
    CompletableFuture<RpcConnection> known = connections.putIfAbsent(peer, opening);
    if (known != null) {
      return known;
    }
    host.open(peer, List.of(RpcServer.PROTOCOL))
        .whenComplete(
            (stream, failure) -> {
              if (stream == null) {
                connections.remove(peer, opening);
                opening.completeExceptionally(failure);
              } else {
                stream.execute(() -> start(peer, stream, opening));
              }
            });
    return opening;
  }

  private void start(PeerId peer, Stream stream, CompletableFuture<RpcConnection> opening) {
    var connection = new RpcConnection(stream, () -> connections.remove(peer, opening));
    stream.read(connection.engine());
    opening.complete(connection);
  }
}
