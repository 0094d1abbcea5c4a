package io.defradb.libp2p.host;

import io.defradb.libp2p.address.AddressProtocol;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.multiformats.Bytes;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the machine's addresses in the place of {@code 0.0.0.0} and {@code ::}. */
final class ListenAddresses {
  private static final Logger LOG = LoggerFactory.getLogger("net");

  private ListenAddresses() {}

  static List<Multiaddr> resolve(List<Multiaddr> bound) {
    Set<Multiaddr> resolved = new LinkedHashSet<>();
    for (Multiaddr address : bound) {
      Multiaddr.Part first = address.parts().get(0);
      boolean isWildcard =
          (first.protocol() == AddressProtocol.IP4 || first.protocol() == AddressProtocol.IP6)
              && first.value().equals(Bytes.wrap(new byte[first.value().length()]));
      if (isWildcard) {
        for (InetAddress own : ownAddresses()) {
          if (own instanceof Inet6Address == (first.protocol() == AddressProtocol.IP6)) {
            resolved.add(with(address, own));
          }
        }
      } else {
        resolved.add(address);
      }
    }
    return List.copyOf(resolved);
  }

  private static Multiaddr with(Multiaddr address, InetAddress own) {
    var parts = new ArrayList<>(address.parts());
    parts.set(0, new Multiaddr.Part(parts.get(0).protocol(), Bytes.wrap(own.getAddress())));
    return new Multiaddr(parts);
  }

  /** Loopback first; those of a link only are left out. */
  private static List<InetAddress> ownAddresses() {
    List<InetAddress> own = new ArrayList<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (each.isUp()) {
          for (InetAddress address : Collections.list(each.getInetAddresses())) {
            if (!address.isLinkLocalAddress()) {
              own.add(address.isLoopbackAddress() ? 0 : own.size(), address);
            }
          }
        }
      }
    } catch (SocketException failure) {
      LOG.atWarn().setCause(failure).log("The addresses of this machine cannot be read");
    }
    return own;
  }
}
