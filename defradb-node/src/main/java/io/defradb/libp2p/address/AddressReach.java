package io.defradb.libp2p.address;

import io.defradb.multiformats.Bytes;

/** From where an address can be reached, judged by its first part. */
public enum AddressReach {
  /** This machine only; addresses of this process too. */
  LOOPBACK,
  /** A local network: RFC 1918, link-local, carrier NAT, RFC 4193. */
  PRIVATE,
  /** Everywhere, as far as can be told; names too. */
  PUBLIC;

  static AddressReach of(Multiaddr address) {
    for (Multiaddr.Part part : address.parts()) {
      switch (part.protocol()) {
        case IP4 -> {
          return ofV4(part.value());
        }
        case IP6 -> {
          return ofV6(part.value());
        }
        case MEMORY, UNIX -> {
          return LOOPBACK;
        }
        case DNS, DNS4, DNS6 -> {
          return part.valueText().equals("localhost") ? LOOPBACK : PUBLIC;
        }
        default -> {}
      }
    }
    return PUBLIC;
  }

  private static AddressReach ofV4(Bytes ip) {
    int first = ip.unsignedAt(0);
    int second = ip.unsignedAt(1);
    if (first == 127) {
      return LOOPBACK;
    }
    boolean isPrivate =
        first == 10
            || first == 0
            || (first == 172 && second >= 16 && second < 32)
            || (first == 192 && second == 168)
            || (first == 169 && second == 254)
            || (first == 100 && second >= 64 && second < 128);
    return isPrivate ? PRIVATE : PUBLIC;
  }

  private static AddressReach ofV6(Bytes ip) {
    boolean isLoopback = ip.unsignedAt(15) == 1;
    for (int i = 0; i < 15; i++) {
      isLoopback &= ip.unsignedAt(i) == 0;
    }
    if (isLoopback) {
      return LOOPBACK;
    }
    boolean isUniqueLocal = (ip.unsignedAt(0) & 0xfe) == 0xfc;
    boolean isLinkLocal = ip.unsignedAt(0) == 0xfe && (ip.unsignedAt(1) & 0xc0) == 0x80;
    return isUniqueLocal || isLinkLocal || ip.unsignedAt(0) == 0 ? PRIVATE : PUBLIC;
  }
}
