package io.defradb.benchmarks.peer;

import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.multiformats.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much memory do {@value #PEERS} connected peers cost a node, more than one?
 *
 * <p>The peers are hosts of this process; each speaks identify, ping, gossipsub, bitswap and
 * Kademlia, follows {@value #TOPICS} topics and publishes a message every second for {@value
 * #SECONDS} seconds. What is read is the node's resident memory. Command, for a node that runs:
 * {@code java -cp 'benchmarks/target/benchmarks.jar:benchmarks/target/lib/*'
 * io.defradb.benchmarks.peer.PeerMemory /ip4/127.0.0.1/tcp/9171/p2p/12D3… PID}.
 */
public final class PeerMemory {
  private static final int PEERS = 200;
  private static final int TOPICS = 5;
  private static final int SECONDS = 30;

  private PeerMemory() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    PeerAddresses node = PeerAddresses.parse(arguments[0]);
    Path status = Path.of("/proc", arguments[1], "status");
    List<MeasuredPeer> peers = new ArrayList<>();
    try {
      add(peers, node);
      talk(peers);
      long one = residentMegabytes(status);
      while (peers.size() < PEERS) {
        add(peers, node);
      }
      talk(peers);
      long all = residentMegabytes(status);
      System.out.printf(
          Locale.ROOT, "1 peer: %d MB, %d peers: %d MB, +%d MB%n", one, PEERS, all, all - one);
    } finally {
      peers.forEach(MeasuredPeer::close);
    }
  }

  private static void add(List<MeasuredPeer> peers, PeerAddresses node) {
    var peer = new MeasuredPeer();
    peers.add(peer);
    for (int i = 0; i < TOPICS; i++) {
      peer.follow("topic " + i);
    }
    peer.follow("doc-sync");
    peer.connect(node);
  }

  private static void talk(List<MeasuredPeer> peers) throws InterruptedException {
    for (int second = 0; second < SECONDS; second++) {
      for (int i = 0; i < peers.size(); i++) {
        peers.get(i).publish("topic " + i % TOPICS, Bytes.wrap(new byte[512]));
      }
      Thread.sleep(1_000); // the rate that is measured
    }
  }

  private static long residentMegabytes(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
