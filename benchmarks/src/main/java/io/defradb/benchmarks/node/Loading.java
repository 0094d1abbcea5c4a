package io.defradb.benchmarks.node;

import io.defradb.benchmarks.node.Target.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A store filled with many documents: at what rate, and what it then holds in memory and disk. */
final class Loading {
  /** The collection of {@link Settings#documents} documents, and the one of a tenth of them. */
  static final String BIG = "Big";

  static final String MID = "Mid";
  private static final long IDLE_MILLIS = 10_000;

  private Loading() {}

  static List<Stage> stages() {
    return List.of(
        new Stage(
            List.of(
                "load.16conn",
                "memory.peak_rss_load",
                "memory.idle_rss_loaded",
                "memory.idle_anon_loaded",
                "disk.live_per_doc",
                "disk.stopped_per_doc"),
            false,
            Loading::measure),
        Stage.of("startup.loaded", Loading::restart));
  }

  /** The node with both collections in it. */
  static NodeProcess node(Target target) throws IOException {
    if (!target.isLoaded()) {
      target.erase(Store.LOADED);
      NodeProcess node = target.node(Store.LOADED);
      fill(node, BIG, target.settings().documents());
      fill(node, MID, target.settings().documents() / 10);
      target.markLoaded();
    }
    return target.node(Store.LOADED);
  }

  private static void measure(Target target, Stage.Sink out) throws IOException {
    target.erase(Store.LOADED);
    NodeProcess node = target.node(Store.LOADED);
    long documents = target.settings().documents();
    out.put("load.16conn", fill(node, BIG, documents));
    out.put("memory.peak_rss_load", Figure.of(node.statusMegabytes("VmHWM")));
    NodeProcess.pause(IDLE_MILLIS);
    out.put("memory.idle_rss_loaded", Figure.of(node.statusMegabytes("VmRSS")));
    out.put("memory.idle_anon_loaded", Figure.of(node.statusMegabytes("RssAnon")));
    Path rootdir = target.rootdir(Store.LOADED);
    out.put("disk.live_per_doc", Figure.of(diskBytes(rootdir) / (double) documents));
    target.stop();
    out.put("disk.stopped_per_doc", Figure.of(diskBytes(rootdir) / (double) documents));
    fill(target.node(Store.LOADED), MID, documents / 10);
    target.markLoaded();
  }

  private static Figure restart(Target target) throws IOException {
    node(target);
    target.stop();
    return Figure.of(target.node(Store.LOADED).startMillis());
  }

  private static Figure fill(NodeProcess node, String collection, long documents)
      throws IOException {
    Target.define(node, collection, People.sdl(collection));
    return new Load(node, 16)
        .times(
            documents,
            1,
            (connection, number) ->
                connection.graphql(
                    "mutation { create_"
                        + collection
                        + "(input: "
                        + People.input(number)
                        + ") { _docID } }"));
  }

  /** What the files take on disk, which is less than their length where they have holes. */
  private static long diskBytes(Path folder) throws IOException {
    Process du = new ProcessBuilder("du", "-s", "--block-size=1", folder.toString()).start();
    try (var out = du.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.US_ASCII);
      return Long.parseLong(text.substring(0, text.indexOf('\t')));
    }
  }
}
