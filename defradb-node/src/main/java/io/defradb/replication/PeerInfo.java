package io.defradb.replication;

import java.util.List;

/**
 * A peer as users name it.
 *
 * @param id base58 peer ID; empty where it is not known yet
 * @param addresses multiaddresses as texts, without the peer ID; may be empty
 */
public record PeerInfo(String id, List<String> addresses) {
  public PeerInfo {
    addresses = List.copyOf(addresses);
  }
}
