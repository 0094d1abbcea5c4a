package io.defradb.quickstart;

import io.defradb.quickstart.server.ManagedProcess;
import io.defradb.quickstart.server.NodePlace;
import io.defradb.quickstart.server.QuickstartFailure;
import io.defradb.quickstart.server.Servers;
import org.jspecify.annotations.Nullable;

/** One node of the bridge: its process, which may be another one after a crash, and its API. */
final class BridgeNode implements AutoCloseable {
  private final NodePlace place;
  private final Servers servers;
  private final NodeApi api;
  private @Nullable ManagedProcess process;

  BridgeNode(NodePlace place, Servers servers) {
    this.place = place;
    this.servers = servers;
    this.api = new NodeApi(place.url());
  }

  NodePlace place() {
    return place;
  }

  NodeApi api() {
    return api;
  }

  /** {@code isConnected}: whether other nodes can reach it. */
  void start(boolean isConnected) throws InterruptedException {
    ManagedProcess started = servers.node(place, isConnected);
    process = started;
    servers.startNode(started, place);
  }

  /** kill -9: what it acknowledged must be there when it is back. */
  void kill() throws InterruptedException {
    started().kill();
  }

  ManagedProcess started() {
    ManagedProcess started = process;
    if (started == null) {
      throw new QuickstartFailure("The " + place.name() + " is not started");
    }
    return started;
  }

  @Override
  public void close() {
    ManagedProcess running = process;
    if (running != null) {
      running.close();
    }
  }
}
