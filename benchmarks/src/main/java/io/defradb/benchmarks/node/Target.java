package io.defradb.benchmarks.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command that starts a node, with two stores of its own: one that is written to, and one that is
 * loaded once and read. At most one of its nodes runs at a time.
 */
final class Target implements AutoCloseable {
  enum Store {
    WRITTEN,
    LOADED
  }

  private final String name;
  private final String command;
  private final Path folder;
  private final int port;
  private final Settings settings;
  private @Nullable NodeProcess running;
  private @Nullable Store open;

  /** Another run on the same store begins elsewhere: equal documents would be refused. */
  private long numbered = new SplittableRandom().nextLong(1_000_000_000L, 100_000_000_000_000L);

  Target(String name, String command, Path folder, int port, Settings settings) {
    this.name = name;
    this.command = command;
    this.folder = folder;
    this.port = port;
    this.settings = settings;
  }

  String name() {
    return name;
  }

  String command() {
    return command;
  }

  /** Not the one that is compared against. */
  boolean isFirst() {
    return port == settings.port();
  }

  Settings settings() {
    return settings;
  }

  /** The node on this store, started when it does not run. */
  NodeProcess node(Store store) throws IOException {
    NodeProcess node = running;
    if (node == null || open != store || !node.isAlive()) {
      stop();
      node = NodeProcess.start(command, rootdir(store), port);
      running = node;
      open = store;
    }
    return node;
  }

  /** Stops the node that runs, if one does; the milliseconds that took. */
  double stop() throws IOException {
    NodeProcess node = running;
    running = null;
    return node != null && node.isAlive() ? node.stop() : 0;
  }

  /** An empty store: what was in it is deleted. */
  void erase(Store store) throws IOException {
    stop();
    Files.deleteIfExists(mark());
    delete(rootdir(store));
  }

  /** A folder for a store beside the target's own, with nothing in it. */
  Path emptied(String name) throws IOException {
    Path rootdir = folder.resolve(name);
    delete(rootdir);
    return rootdir;
  }

  private static void delete(Path rootdir) throws IOException {
    if (Files.exists(rootdir)) {
      try (Stream<Path> files = Files.walk(rootdir)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  Path rootdir(Store store) {
    return folder.resolve(store == Store.WRITTEN ? "written" : "loaded");
  }

  /** Whether the loaded store holds the documents that the settings ask for. */
  boolean isLoaded() throws IOException {
    return Files.exists(mark())
        && Files.readString(mark()).equals(Long.toString(settings.documents()));
  }

  void markLoaded() throws IOException {
    Files.writeString(mark(), Long.toString(settings.documents()));
  }

  private Path mark() {
    return folder.resolve("loaded.documents");
  }

  /** The first of many numbers that no other case has used for documents. */
  long numbers() {
    numbered += 100_000_000L;
    return numbered;
  }

  /** Adds a collection when it is not there yet. */
  static void define(NodeProcess node, String collection, String sdl) throws IOException {
    try (HttpConnection connection = node.connect()) {
      if (!connection.request("GET", "/collections", "").contains("\"" + collection + "\"")) {
        connection.request("POST", "/schema", sdl);
      }
    }
  }

  /** The DocIDs of at most {@code limit} documents. */
  static List<String> docIds(NodeProcess node, String collection, long limit) throws IOException {
    try (HttpConnection connection = node.connect()) {
      String answer = connection.graphql("{ " + collection + "(limit: " + limit + ") { _docID } }");
      return Stream.of(answer.split("\"_docID\":\""))
          .skip(1)
          .map(text -> text.substring(0, text.indexOf('"')))
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
