package io.defradb.benchmarks.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A running node. What it costs is read from {@code /proc}, so this works on Linux only, and the
 * command must become the node ({@code exec}) instead of starting it as a child.
 */
final class NodeProcess {
  private static final long START_MILLIS_MAX = 60_000;
  private static final long MICROS_PER_TICK = 10_000; // USER_HZ is 100 on Linux

  private final Process process;
  private final int port;
  private final double startMillis;

  private NodeProcess(Process process, int port, double startMillis) {
    this.process = process;
    this.port = port;
    this.startMillis = startMillis;
  }

  /**
   * Starts a node and returns when it has answered a query.
   *
   * @param command as {@link NodeCommand} says
   */
  static NodeProcess start(String command, Path rootdir, int port) throws IOException {
    var place = new NodeCommand(command, rootdir, port);
    long begin = System.nanoTime();
    Process process = place.start();
    while (true) {
      try (HttpConnection connection = new HttpConnection(port)) {
        connection.graphql("{ __schema { queryType { name } } }");
        return new NodeProcess(process, port, (System.nanoTime() - begin) / 1e6);
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() - begin > START_MILLIS_MAX * 1_000_000) {
          process.destroyForcibly();
          throw new IOException("the node did not start, see " + place.log(), notYet);
        }
        pause(1);
      }
    }
  }

  /** From the command to the first answered query. */
  double startMillis() {
    return startMillis;
  }

  HttpConnection connect() throws IOException {
    return new HttpConnection(port);
  }

  /** Asks the node to stop and waits; the milliseconds that took. */
  double stop() throws IOException {
    long begin = System.nanoTime();
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the node did not stop");
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      throw new IOException(stopped);
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  /** As by a crash: no handler of the node runs. */
  void kill() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** What all threads of the node have run so far. */
  long cpuMicros() throws IOException {
    String stat = Files.readString(proc("stat"), StandardCharsets.ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  /** A line of {@code /proc/PID/status} in MB (of 2^20 bytes): VmRSS, VmHWM, RssAnon. */
  double statusMegabytes(String name) throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no " + name);
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
