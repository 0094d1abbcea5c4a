package io.defradb.libp2p.protocol.bitswap;

import java.util.Collection;
import java.util.List;

/** The versions that are spoken, best first. */
enum BitswapVersion {
  V1_2("/ipfs/bitswap/1.2.0"),
  V1_1("/ipfs/bitswap/1.1.0"),
  V1_0("/ipfs/bitswap/1.0.0"),
  UNNUMBERED("/ipfs/bitswap");

  private final String id;

  BitswapVersion(String id) {
    this.id = id;
  }

  static List<String> ids() {
    return List.of(V1_2.id, V1_1.id, V1_0.id, UNNUMBERED.id);
  }

  static boolean isSpokenBy(Collection<String> protocols) {
    return ids().stream().anyMatch(protocols::contains);
  }

  static BitswapVersion of(String id) {
    for (BitswapVersion version : values()) {
      if (version.id.equals(id)) {
        return version;
      }
    }
    return UNNUMBERED;
  }

  /** Whether one can ask for HAVE and be told DONT_HAVE. */
  boolean hasPresence() {
    return this == V1_2;
  }

  /** Whether a block goes with its CID's prefix. */
  boolean hasPrefix() {
    return this == V1_2 || this == V1_1;
  }
}
