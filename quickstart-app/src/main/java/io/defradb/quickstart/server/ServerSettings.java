package io.defradb.quickstart.server;

import java.nio.file.Path;

/**
 * Where the servers run and listen, all on the loopback interface.
 *
 * @param home the checkout or the unpacked distribution: holds {@code bin}, {@code config} and the
 *     built plugins
 * @param folder where node, broker and worker keep their data and logs
 */
public record ServerSettings(Path home, Path folder, int nodePort, int kafkaPort, int connectPort) {

  public String nodeAddress() {
    return "127.0.0.1:" + nodePort;
  }

  public String nodeUrl() {
    return "http://" + nodeAddress();
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
