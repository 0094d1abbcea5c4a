package io.defradb.benchmarks.peer;

import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.host.HostSettings;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.muxer.yamux.Yamux;
import io.defradb.libp2p.muxer.yamux.YamuxSettings;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.security.noise.NoiseSecurity;
import io.defradb.libp2p.transport.tcp.TcpLoops;
import io.defradb.libp2p.transport.tcp.TcpTransport;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** A host on loopback that speaks Noise, with a key and a loop of its own. */
final class MeasuredHost implements AutoCloseable {
  private final TcpLoops loops = new TcpLoops(1, Thread::new);
  private final PrivateKey key;
  private final NetworkHost host;

  MeasuredHost() {
    var random = new SecureRandom();
    key = PrivateKey.generate(KeyType.ED25519, random);
    host =
        new NetworkHost(
            PeerId.of(key.publicKey()),
            loops.next(),
            List.of(new TcpTransport(loops, Runnable::run)),
            List.of(new NoiseSecurity(key, random)),
            new Yamux(YamuxSettings.DEFAULT),
            HostSettings.DEFAULT);
    Identify.serve(host, key, "benchmark", InstantSource.system());
  }

  PrivateKey key() {
    return key;
  }

  NetworkHost host() {
    return host;
  }

  /** Listens at any port; the address with the ID. */
  String listen() {
    host.bind(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")));
    return host.addresses().get(0) + "/p2p/" + host.id();
  }

  @Override
  public void close() {
    host.close();
    loops.close();
  }
}
