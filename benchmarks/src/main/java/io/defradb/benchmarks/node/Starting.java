package io.defradb.benchmarks.node;

import io.defradb.benchmarks.node.Target.Store;
import java.io.IOException;
import java.util.List;

/** How long a node takes to its first answer, what it then holds, how long it takes to stop. */
final class Starting {
  private static final long IDLE_MILLIS = 3_000;

  private Starting() {}

  static List<Stage> stages() {
    return List.of(
        new Stage(
            List.of(
                "startup.fresh", "memory.idle_empty_rss", "startup.shutdown", "startup.restart"),
            true,
            Starting::measure));
  }

  private static void measure(Target target, Stage.Sink out) throws IOException {
    target.erase(Store.WRITTEN);
    NodeProcess node = target.node(Store.WRITTEN);
    out.put("startup.fresh", Figure.of(node.startMillis()));
    NodeProcess.pause(IDLE_MILLIS);
    out.put("memory.idle_empty_rss", Figure.of(node.statusMegabytes("VmRSS")));
    out.put("startup.shutdown", Figure.of(target.stop()));
    out.put("startup.restart", Figure.of(target.node(Store.WRITTEN).startMillis()));
    target.stop();
  }
}
