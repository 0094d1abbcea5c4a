package io.defradb.quickstart.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the servers run and listen, all on the loopback interface.
 *
 * @param home the checkout or the unpacked distribution: holds {@code bin}, {@code config} and the
 *     built plugins
 * @param folder where nodes, broker and worker keep their data and logs
 * @param edges how many nodes replicate to the hub; 0: there is one node only, and no peers
 * @param nodePort of the first node, each that follows has the next
 * @param p2pPort of the first node, each that follows has the next
 */
public record ServerSettings(
    Path home, Path folder, int edges, int nodePort, int kafkaPort, int connectPort, int p2pPort) {

  /** One node, alone. */
  public ServerSettings(Path home, Path folder, int nodePort, int kafkaPort, int connectPort) {
    this(home, folder, 0, nodePort, kafkaPort, connectPort, 0);
  }

  public boolean hasPeers() {
    return edges > 0;
  }

  /** Every node, the one that records enter first; the last is the one that events leave. */
  public List<NodePlace> nodes() {
    if (!hasPeers()) {
      return List.of(new NodePlace("node", nodePort, 0));
    }
    List<NodePlace> nodes = new ArrayList<>();
    for (int edge = 0; edge < edges; edge++) {
      String name = edges == 1 ? "edge" : "edge-" + (edge + 1);
      nodes.add(new NodePlace(name, nodePort + edge, p2pPort + edge));
    }
    nodes.add(new NodePlace("hub", nodePort + edges, p2pPort + edges));
    return nodes;
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
