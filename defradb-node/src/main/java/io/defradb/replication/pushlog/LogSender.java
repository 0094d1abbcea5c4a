package io.defradb.replication.pushlog;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.replication.rpc.RpcClient;
import io.defradb.replication.rpc.RpcHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells commits to a peer by calls, and serves such calls. */
public final class LogSender {
  private static final String PUSH_LOG = "PushLog";
  private static final String GET_IDENTITY = "GetIdentity";
  private static final Bytes EMPTY_MAP = Bytes.hex("a0");

  private final RpcClient client;

  public LogSender(RpcClient client) {
    this.client = client;
  }

  /** Completes when the peer has the commit and everything below it. Fails as a call does. */
  public CompletionStage<Void> send(PeerId peer, PushLog log, Duration limit) {
    return client.call(peer, PUSH_LOG, log.encode(), limit).thenAccept(reply -> {});
  }

  /**
   * Completes when the peer has it all, when {@code enough} does, or after the limit: then the peer
   * is told to stop. Fails as {@link #send} does.
   */
  public CompletionStage<Void> sendUntil(
      PeerId peer, PushLog log, Duration limit, CompletionStage<Void> enough) {
    CompletableFuture<Bytes> call =
        client.call(peer, PUSH_LOG, log.encode(), limit).toCompletableFuture();
    enough.whenComplete((done, failure) -> call.complete(EMPTY_MAP));
    return call.thenAccept(reply -> {});
  }

  /** The methods that every node answers. {@code identity}: tells who this one is. */
  public static Map<String, RpcHandler> handlers(LogReceiver receiver, RpcHandler identity) {
    return Map.of(
        PUSH_LOG,
        (caller, request) -> {
          try {
            return receiver.receive(PushLog.decode(request), caller).thenApply(done -> EMPTY_MAP);
          } catch (RuntimeException malformed) {
            return CompletableFuture.failedFuture(malformed);
          }
        },
        GET_IDENTITY,
        identity);
  }
}
