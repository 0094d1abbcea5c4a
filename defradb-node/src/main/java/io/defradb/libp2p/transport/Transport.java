package io.defradb.libp2p.transport;

import io.defradb.libp2p.address.Multiaddr;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A way to reach other hosts. Safe for use by many threads; nothing blocks. */
public interface Transport {
  /** Whether it is the one for this address. */
  boolean serves(Multiaddr address);

  /**
   * Opens a pipe; completes on the pipe's loop. Fails with {@code PEER_UNREACHABLE}, after {@code
   * limit} at the latest. When the stage is cancelled in time, no pipe is left open.
   */
  CompletionStage<Pipe> dial(Multiaddr address, Duration limit);

  /**
   * Listens; {@code accepted} is called on each new pipe's loop. Waits until the address is bound.
   * Throws {@code ADDRESS_IN_USE}.
   */
  Listener listen(Multiaddr address, Consumer<Pipe> accepted);

  /** An address that is listened to. */
  interface Listener extends AutoCloseable {
    /** What was bound: a port in place of 0. */
    Multiaddr address();

    @Override
    void close();
  }
}
