package io.defradb.quickstart.server;

/**
 * Where one node is, on the loopback interface.
 *
 * @param name of its folder and its log
 * @param port of its HTTP API
 * @param p2pPort where other nodes reach it; 0: it has no network
 */
public record NodePlace(String name, int port, int p2pPort) {

  public String address() {
    return "127.0.0.1:" + port;
  }

  public String url() {
    return "http://" + address();
  }
}
