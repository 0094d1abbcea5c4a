package io.defradb.system.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.connect.source.metrics.StreamingMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A snapshot of two parts, as a worker leaves it that died between them. What happened between the
 * parts the second one shows: the stream, which begins at the first, has no event of it.
 */
class CoveredChangesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void givenChangesThatTheSnapshotShows_whenStreamed_thenOnlyHeartbeatsCarryTheOffsetPastThem()
      throws Exception {
    try (var node = new RestartingNode(folder)) {
      node.ask(client -> client.addSchema("type Covered { name: String }"));
      List<String> docIds = List.of(create(node, "a"), create(node, "b"));
      String last = docIds.stream().max(String::compareTo).orElseThrow();
      SourceMember silent = afterOneDocument(node, "silent", Map.of());
      SourceMember beating =
          afterOneDocument(node, "beating", Map.of("heartbeat.interval.ms", "1"));
      node.ask(
          client ->
              client.graphql(
                  "mutation { update_Covered(docID: \""
                      + last
                      + "\", input: {name: \"c\"})"
                      + " { name } }",
                  Map.of()));
      final long newest = node.ask(client -> client.changesInfo()).path("newestSeq").asLong();
      silent.kill();
      beating.kill();

      turnUntil(beating, () -> beating.reachedSeq() >= newest);
      turnUntil(silent, () -> streamed("silent") >= newest);
      assertThat(silent.committed()).hasSize(2);
      assertThat(silent.reachedSeq()).isEqualTo(newest - 1);
      assertThat(events(beating)).isEqualTo(2);
      beating.stop();
      silent.stop();
    }
  }

  /** The first part: it ends after one document, whose offset is stored. */
  private static SourceMember afterOneDocument(
      RestartingNode node, String prefix, Map<String, String> more) throws InterruptedException {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "name",
                prefix,
                "defradb.url",
                node.url(),
                "topic.prefix",
                prefix,
                "collection.include.list",
                "Covered",
                "poll.interval.ms",
                "5",
                "max.batch.size",
                "1"));
    settings.putAll(more);
    var source = new SourceMember(settings, new Random(1), 0);
    turnUntil(source, () -> source.committed().size() == 1);
    return source;
  }

  private interface Condition {
    boolean holds() throws JMException;
  }

  private static void turnUntil(SourceMember source, Condition condition)
      throws InterruptedException {
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!condition.holds()) {
        assertThat(System.nanoTime()).as("turns of %s", source.offsets()).isLessThan(end);
        source.turn();
      }
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  /** How far the task itself has read, of which Connect knows nothing; 0: nothing yet. */
  private static long streamed(String prefix) throws JMException {
    var name =
        new ObjectName(
            "io.defradb:type=connector-metrics,context=streaming,server=" + prefix + ",task=0");
    var bean =
        JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), name, StreamingMXBean.class);
    String position = bean.getSourceEventPosition().getOrDefault("0/1", ":0");
    return Long.parseLong(position.substring(position.indexOf(':') + 1));
  }

  private static long events(SourceMember source) {
    return source.committed().stream().filter(event -> !event.topic().startsWith("__")).count();
  }

  private static String create(RestartingNode node, String name) {
    JsonNode made =
        node.ask(
            client ->
                client.graphql(
                    "mutation { create_Covered(input: {name: \"" + name + "\"}) { _docID } }",
                    Map.of()));
    return made.at("/create_Covered/0/_docID").asText();
  }
}
