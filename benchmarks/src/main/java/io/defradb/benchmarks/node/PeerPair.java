package io.defradb.benchmarks.node;

import java.io.IOException;
import java.nio.file.Path;

/** Two nodes of one target on empty stores: the first writes, the second dials it and receives. */
final class PeerPair implements AutoCloseable {
  private static final int PORTS_BEFORE = 4;

  private final NodeProcess writer;
  private final NodeProcess receiver;

  private PeerPair(NodeProcess writer, NodeProcess receiver) {
    this.writer = writer;
    this.receiver = receiver;
  }

  /** Stops the target's own node first, and deletes what pairs before it wrote. */
  static PeerPair start(Target target) throws IOException {
    target.stop();
    int port = target.settings().port() + PORTS_BEFORE + (target.isFirst() ? 0 : PORTS_BEFORE);
    NodeProcess writer = start(target, "writer", port, "");
    try {
      return new PeerPair(
          writer, start(target, "receiver", port + 2, " --peers " + address(writer)));
    } catch (IOException failure) {
      writer.stop();
      throw failure;
    }
  }

  private static NodeProcess start(Target target, String name, int port, String options)
      throws IOException {
    Path rootdir = target.emptied(name);
    return NodeProcess.start(target.command() + options, rootdir, port);
  }

  private static String address(NodeProcess node) throws IOException {
    try (HttpConnection connection = node.connect()) {
      String info = connection.request("GET", "/p2p/info", "");
      String address = info.substring(info.indexOf("/ip4/"));
      address = address.substring(0, address.indexOf('"'));
      return address.contains("/p2p/")
          ? address
          : address + "/p2p/" + GraphqlText.member(info, "ID");
    }
  }

  NodeProcess writer() {
    return writer;
  }

  NodeProcess receiver() {
    return receiver;
  }

  /** The CPU of both. */
  long cpuMicros() throws IOException {
    return writer.cpuMicros() + receiver.cpuMicros();
  }

  /** Defines a collection on both. */
  void define(String collection) throws IOException {
    Target.define(writer, collection, People.sdl(collection));
    Target.define(receiver, collection, People.sdl(collection));
  }

  /** From now on the writer pushes the collection to the receiver. */
  void replicate(String collection) throws IOException {
    String info;
    try (HttpConnection connection = receiver.connect()) {
      info = connection.request("GET", "/p2p/info", "");
    }
    try (HttpConnection connection = writer.connect()) {
      connection.request(
          "POST",
          "/p2p/replicators",
          "{\"Info\":" + info + ",\"Collections\":[\"" + collection + "\"]}");
    }
  }

  /** The receiver hears of the collection's commits from now on. */
  void follow(String collection) throws IOException {
    try (HttpConnection connection = receiver.connect()) {
      connection.request("POST", "/p2p/collections", "[\"" + collection + "\"]");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      receiver.stop();
    } finally {
      writer.stop();
    }
  }
}
