package io.defradb.replication.keyexchange;

import io.defradb.crypto.X25519;
import io.defradb.dag.BlockCodec;
import io.defradb.error.DefraException;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One asking for keys: what is still missing, and what answers are worth. Knows neither network nor
 * store. Safe for use by many threads.
 */
final class KeyRun {
  private final byte[] privateKey = new byte[X25519.KEY_BYTES];
  private final KeyRequest request;
  private final Set<Cid> missing;

  KeyRun(String did, Set<Cid> keys, RandomGenerator random) {
    random.nextBytes(privateKey);
    this.request =
        new KeyRequest(
            did, keys.stream().sorted().toList(), Bytes.wrap(X25519.publicKey(privateKey)));
    this.missing = new HashSet<>(keys);
  }

  Bytes request() {
    return request.encode();
  }

  /**
   * The encryption blocks in an answer that are missing. What is not one that was asked for is left
   * out: a block's hash says which it is, whatever the answer says.
   *
   * @throws DefraException the answer is malformed or not sealed by {@code peer} for this request
   */
  synchronized Map<Cid, Bytes> read(PeerId peer, Bytes answer) {
    KeyReply reply = KeyReply.decode(answer);
    Map<Cid, Bytes> found = new HashMap<>();
    if (reply.blocks().isEmpty() || reply.blocks().size() > request.links().size()) {
      return found;
    }
    KeySeal seal = KeySeal.ofAsker(privateKey, reply.publicKey(), peer);
    for (Bytes sealed : reply.blocks()) {
      Bytes block = seal.open(sealed);
      Cid cid = BlockCodec.cid(block.unsafeArray());
      if (missing.contains(cid)) {
        found.put(cid, block);
      }
    }
    return found;
  }

  synchronized void stored(Set<Cid> keys) {
    missing.removeAll(keys);
  }

  synchronized boolean isComplete() {
    return missing.isEmpty();
  }
}
