package io.defradb.libp2p.protocol.kad;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;

/** A place in the key space: the sha2-256 of a peer's id, or of whatever else is looked for. */
record KadKey(Bytes hash) {
  static final int BITS = 256;

  static KadKey of(Bytes preimage) {
    return new KadKey(Cid.of(Cid.RAW, preimage.unsafeArray()).digest());
  }

  static KadKey of(PeerId peer) {
    return of(peer.bytes());
  }

  /** Leading bits that both have: the more, the nearer. */
  int commonBits(KadKey other) {
    for (int at = 0; at < BITS / 8; at++) {
      int difference = hash.unsignedAt(at) ^ other.hash.unsignedAt(at);
      if (difference != 0) {
        return at * 8 + Integer.numberOfLeadingZeros(difference) - 24;
      }
    }
    return BITS;
  }

  /** Which of two is nearer to this one, by XOR: negative when {@code a} is. */
  int compareDistance(KadKey a, KadKey b) {
    for (int at = 0; at < BITS / 8; at++) {
      int own = hash.unsignedAt(at);
      int order = Integer.compare(own ^ a.hash.unsignedAt(at), own ^ b.hash.unsignedAt(at));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
