package io.defradb.libp2p.protocol.gossipsub;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions that are spoken, best first. */
enum GossipProtocol {
  MESHSUB_1_2("/meshsub/1.2.0"),
  MESHSUB_1_1("/meshsub/1.1.0"),
  MESHSUB_1_0("/meshsub/1.0.0"),
  FLOODSUB("/floodsub/1.0.0");

  private final String id;

  GossipProtocol(String id) {
    this.id = id;
  }

  /** All ids, best first. */
  static List<String> ids() {
    return List.of(MESHSUB_1_2.id, MESHSUB_1_1.id, MESHSUB_1_0.id, FLOODSUB.id);
  }

  static boolean isSpokenBy(Collection<String> protocols) {
    return ids().stream().anyMatch(protocols::contains);
  }

  static @Nullable GossipProtocol byId(String id) {
    for (GossipProtocol protocol : values()) {
      if (protocol.id.equals(id)) {
        return protocol;
      }
    }
    return null;
  }

  /** Whether the peer knows of meshes and of control messages. */
  boolean hasMesh() {
    return this != FLOODSUB;
  }

  /** Whether a PRUNE may carry peers and a back-off. */
  boolean hasPeerExchange() {
    return this == MESHSUB_1_1 || this == MESHSUB_1_2;
  }

  boolean hasIdontwant() {
    return this == MESHSUB_1_2;
  }
}
