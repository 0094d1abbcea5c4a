package io.defradb.libp2p.protocol.bitswap;

import java.time.Duration;

/**
 * The bounds of the exchange.
 *
 * @param activeMax blocks that are asked for at a time
 * @param waitingMax fetches that wait to be asked for
 * @param retryDelay after which a peer that said nothing is asked again, and others with it; twice
 *     as long each time
 * @param broadcastInterval after which all peers are asked again
 * @param wantsPerPeerMax unanswered wants of one peer that are remembered
 * @param readBytes bytes of blocks read at a time for one peer
 * @param readsMax peers for which blocks are read at a time
 * @param inlineBytesMax blocks of this size are sent to a peer that only asked whether they are
 *     here
 */
public record BitswapSettings(
    int activeMax,
    int waitingMax,
    Duration retryDelay,
    Duration broadcastInterval,
    int wantsPerPeerMax,
    int readBytes,
    int readsMax,
    int inlineBytesMax) {
  public static final BitswapSettings DEFAULT =
      new BitswapSettings(
          512, 1 << 16, Duration.ofSeconds(1), Duration.ofSeconds(3), 1024, 256 << 10, 16, 1024);
}
