package io.defradb.libp2p.protocol.bitswap;

import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Fetches of blocks that belong together: where one was found the next are looked for first. Safe
 * for use by many threads.
 */
public interface BlockSession extends AutoCloseable {
  /**
   * The block's bytes, whose hash is the CID's. Asked for at once, unless {@link
   * BitswapSettings#activeMax} others are; completes on the host's loop, so what follows must not
   * block. Nothing is stored.
   *
   * @param limit counted from when it is asked for
   * @return fails with {@code PEER_TIMEOUT} after the limit, {@code UNAVAILABLE} when the session
   *     is closed, {@code BUSY} when too many fetches wait
   */
  CompletionStage<Bytes> fetch(Cid cid, Duration limit);

  /** Gives up what has not come; peers are told. Harmless when repeated. */
  @Override
  void close();
}
