package io.defradb.libp2p.transport.tcp;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.AddressProtocol;
import io.defradb.libp2p.address.Multiaddr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Finds the IP address in a multiaddr; names are asked of the system, on a thread that may wait.
 */
record NameLookup(Executor blocking) {
  private static final int PORT_BYTES = 2;

  static boolean canFind(Multiaddr address) {
    boolean isTcp = address.parts().size() == 2 && address.last().protocol() == AddressProtocol.TCP;
    return isTcp
        && switch (address.parts().get(0).protocol()) {
          case IP4, IP6, DNS, DNS4, DNS6 -> true;
          default -> false;
        };
  }

  static int port(Multiaddr address) {
    var value = address.last().value();
    return value.length() == PORT_BYTES ? value.unsignedAt(0) << 8 | value.unsignedAt(1) : 0;
  }

  CompletionStage<InetAddress> find(Multiaddr address) {
    Multiaddr.Part host = address.parts().get(0);
    boolean isName =
        host.protocol() != AddressProtocol.IP4 && host.protocol() != AddressProtocol.IP6;
    if (!isName) {
      return CompletableFuture.completedStage(ip(host));
    }
    try {
      return CompletableFuture.supplyAsync(() -> named(host), blocking);
    } catch (RejectedExecutionException busy) {
      return CompletableFuture.failedStage(
          new DefraException(ErrorCode.BUSY, "too many names are being looked up", busy));
    }
  }

  static InetAddress ip(Multiaddr.Part host) {
    try {
      return InetAddress.getByAddress(host.value().unsafeArray());
    } catch (UnknownHostException e) {
      throw new AssertionError("an address has 4 or 16 bytes", e);
    }
  }

  private static InetAddress named(Multiaddr.Part host) {
    try {
      for (InetAddress found : InetAddress.getAllByName(host.valueText())) {
        boolean is4 = found instanceof Inet4Address;
        boolean isWanted = host.protocol() != (is4 ? AddressProtocol.DNS6 : AddressProtocol.DNS4);
        if (isWanted) {
          return found;
        }
      }
    } catch (UnknownHostException e) {
      throw unknown(host);
    }
    throw unknown(host);
  }

  private static DefraException unknown(Multiaddr.Part host) {
    return new DefraException(ErrorCode.PEER_UNREACHABLE, "no such host", "Host", host.valueText());
  }
}
