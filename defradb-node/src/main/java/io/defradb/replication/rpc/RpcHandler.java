package io.defradb.replication.rpc;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.util.concurrent.CompletionStage;

/** Answers the calls of one method. */
@FunctionalInterface
public interface RpcHandler {
  /**
   * Called on the event loop of the connection: must not block. A failure goes to the caller as
   * status 2 with its message.
   */
  CompletionStage<Bytes> answer(PeerId caller, Bytes request);
}
