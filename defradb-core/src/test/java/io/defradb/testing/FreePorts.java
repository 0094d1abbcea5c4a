package io.defradb.testing;

import java.io.IOException;
import java.net.ServerSocket;

/**
 * Ports for servers that must know theirs before they listen. They are below those that a system
 * gives to clients ({@code ip_local_port_range}), so that no connection takes one between the probe
 * and the server's start, and none is handed out twice by a JVM. A server that can listen on port 0
 * needs none of this.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;
  private static final int STRIDE = 97; // JVMs that run at once begin apart

  private static int tried = (int) (ProcessHandle.current().pid() * STRIDE % COUNT);

  private FreePorts() {}

  /** A port that nothing listens on. */
  public static int next() {
    return consecutive(1);
  }

  /** The first of {@code count} ports, one after the other, that nothing listens on. */
  public static synchronized int consecutive(int count) {
    for (int tries = 0; tries < COUNT; tries++) {
      int first = FIRST + tried % COUNT;
      tried += count;
      if (areFree(first, count)) {
        return first;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " on");
  }

  private static boolean areFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try (var probe = new ServerSocket(port)) {
        probe.getLocalPort();
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
