package io.defradb.libp2p.protocol.gossipsub;

import java.util.concurrent.atomic.LongAdder;

/** What gossip counts. Safe for use by many threads. */
public final class GossipStats {
  final LongAdder sent = new LongAdder();
  final LongAdder delivered = new LongAdder();
  final LongAdder forged = new LongAdder();
  final LongAdder unsent = new LongAdder();
  final LongAdder unheard = new LongAdder();
  final LongAdder untracked = new LongAdder();

  /** Messages queued for a peer, each peer counted. */
  public long sent() {
    return sent.sum();
  }

  /** Messages of joined topics that came and were new. */
  public long delivered() {
    return delivered.sum();
  }

  /** Messages dropped because their signature is missing or wrong. */
  public long forged() {
    return forged.sum();
  }

  /** Messages dropped because a peer did not read as fast as they came up. */
  public long unsent() {
    return unsent.sum();
  }

  /** Messages dropped because too many were being looked at. */
  public long unheard() {
    return unheard.sum();
  }

  /** Topics of peers that were not noted because there are too many: they get no messages. */
  public long untracked() {
    return untracked.sum();
  }
}
