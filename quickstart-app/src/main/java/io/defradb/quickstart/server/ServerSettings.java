package io.defradb.quickstart.server;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the servers run and listen, all on the loopback interface.
 *
 * @param home the checkout or the unpacked distribution: holds {@code bin}, {@code config} and the
 *     built plugins
 * @param folder where nodes, broker and worker keep their data and logs
 * @param nodePort of the node, or of the first of two: the second has the next
 * @param p2pPort of the first of two nodes, the second has the next; 0: there is one node only
 */
public record ServerSettings(
    Path home, Path folder, int nodePort, int kafkaPort, int connectPort, int p2pPort) {

  /** One node, alone. */
  public ServerSettings(Path home, Path folder, int nodePort, int kafkaPort, int connectPort) {
    this(home, folder, nodePort, kafkaPort, connectPort, 0);
  }

  public boolean hasPeers() {
    return p2pPort != 0;
  }

  /** Every node, the one that records enter first; the last is the one that events leave. */
  public List<NodePlace> nodes() {
    return hasPeers()
        ? List.of(
            new NodePlace("edge", nodePort, p2pPort),
            new NodePlace("hub", nodePort + 1, p2pPort + 1))
        : List.of(new NodePlace("node", nodePort, 0));
  }

  /** The node that records enter. */
  public NodePlace entry() {
    return nodes().get(0);
  }

  /** The node that events leave. */
  public NodePlace exit() {
    return nodes().get(nodes().size() - 1);
  }

  public String nodeUrl() {
    return entry().url();
  }

  public String kafkaAddress() {
    return "127.0.0.1:" + kafkaPort;
  }

  /** The controller's listener is the broker's neighbour. */
  public int controllerPort() {
    return kafkaPort + 1;
  }

  public String connectUrl() {
    return "http://127.0.0.1:" + connectPort;
  }
}
