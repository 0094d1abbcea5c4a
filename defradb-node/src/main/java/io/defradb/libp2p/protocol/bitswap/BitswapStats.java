package io.defradb.libp2p.protocol.bitswap;

import java.util.concurrent.atomic.LongAdder;

/** What the exchange counts. Safe for use by many threads. */
public final class BitswapStats {
  final LongAdder received = new LongAdder();
  final LongAdder unasked = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder late = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder ignored = new LongAdder();
  final LongAdder unread = new LongAdder();
  final LongAdder unsent = new LongAdder();

  /** Blocks that came and were waited for. */
  public long received() {
    return received.sum();
  }

  /** Blocks that came and nobody waited for; they are dropped. */
  public long unasked() {
    return unasked.sum();
  }

  /** Blocks given to peers. */
  public long sent() {
    return sent.sum();
  }

  /** Fetches that ended at their limit. */
  public long late() {
    return late.sum();
  }

  /** Fetches refused because too many waited. */
  public long refused() {
    return refused.sum();
  }

  /** Wants of peers that were dropped because the peer had too many. */
  public long ignored() {
    return ignored.sum();
  }

  /** Blocks that peers want and that could not be read from the store; it is tried again. */
  public long unread() {
    return unread.sum();
  }

  /** Messages of blocks for a peer that were lost with their stream. */
  public long unsent() {
    return unsent.sum();
  }
}
