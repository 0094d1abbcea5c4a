package io.defradb.benchmarks.node;

import io.defradb.benchmarks.node.Target.Store;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** A node killed while it writes: what it acknowledged has to be there afterwards. */
final class Crashing {
  private static final int ASKED_AT_ONCE = 100;

  private Crashing() {}

  static List<Stage> stages() {
    return List.of(
        new Stage(
            List.of("durability.acked_before_kill", "durability.lost_acked", "startup.after_kill"),
            true,
            Crashing::measure));
  }

  private static void measure(Target target, Stage.Sink out) throws IOException {
    NodeProcess node = Writing.node(target);
    long first = target.numbers();
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    Thread killer = new Thread(() -> killAfter(node, target.settings().seconds() / 2));
    killer.start();
    try {
      new Load(node, 16)
          .times(
              Long.MAX_VALUE,
              1,
              (connection, number) ->
                  acknowledged.add(
                      GraphqlText.member(Writing.create(connection, first + number), "_docID")));
    } catch (IOException killed) {
      if (acknowledged.isEmpty()) {
        throw killed;
      }
    }
    join(killer);
    NodeProcess restarted = target.node(Store.WRITTEN);
    out.put("startup.after_kill", Figure.of(restarted.startMillis()));
    out.put("durability.acked_before_kill", Figure.of(acknowledged.size()));
    List<String> docIds = List.copyOf(acknowledged);
    out.put("durability.lost_acked", Figure.of(docIds.size() - found(restarted, docIds)));
  }

  private static void killAfter(NodeProcess node, double seconds) {
    NodeProcess.pause((long) (seconds * 1000));
    try {
      node.kill();
    } catch (IOException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static long found(NodeProcess node, List<String> docIds) throws IOException {
    long found = 0;
    try (HttpConnection connection = node.connect()) {
      for (int from = 0; from < docIds.size(); from += ASKED_AT_ONCE) {
        String asked =
            docIds.subList(from, Math.min(docIds.size(), from + ASKED_AT_ONCE)).stream()
                .collect(Collectors.joining("\", \"", "[\"", "\"]"));
        String answer =
            connection.graphql(
                "{ " + Writing.COLLECTION + "(docID: " + asked + ") { _docID name } }");
        found += GraphqlText.count(answer, "_docID");
      }
    }
    return found;
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }
}
