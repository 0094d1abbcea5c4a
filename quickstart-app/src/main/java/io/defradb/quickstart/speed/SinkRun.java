package io.defradb.quickstart.speed;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.quickstart.server.QuickstartFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The sink at work: counted by the positions that the node has stored. */
final class SinkRun {
  static final String CONNECTOR = "speed-sink";
  static final String TOPIC = "speed";

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration WAIT = Duration.ofMinutes(3);

  private final Stack stack;
  private final Map<String, String> config = new HashMap<>();

  SinkRun(Stack stack, int tasks, Map<String, String> overrides) {
    this.stack = stack;
    config.put("connector.class", "io.defradb.connect.sink.DefraSinkConnector");
    config.put("tasks.max", String.valueOf(tasks));
    config.put("topics", TOPIC);
    config.put("defradb.url", stack.settings().nodeUrl());
    config.put("collection.name.format", Records.COLLECTION);
    config.put("primary.key.mode", "record_key");
    config.put("primary.key.fields", "id");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.putAll(overrides);
  }

  void start() {
    stack.connect().put(CONNECTOR, config);
  }

  /** Lets the connector take what waits in the topic, and counts until {@code goal} are stored. */
  Samples drain(long goal) throws InterruptedException {
    long before = stored();
    var samples = new Samples(goal, stack::cpu);
    long end = System.nanoTime() + WAIT.toNanos();
    while (!samples.isComplete()) {
      if (System.nanoTime() > end) {
        stack.connect().isRunning(CONNECTOR); // says what failed, if anything did
        throw new QuickstartFailure(
            "The sink has stored " + samples.last() + " of " + goal + " records in time");
      }
      Thread.sleep(POLL.toMillis());
      samples.add(stored() - before);
    }
    return samples;
  }

  void pause() {
    stack.connect().call("PUT", "/connectors/" + CONNECTOR + "/stop", "");
  }

  void resume() {
    stack.connect().call("PUT", "/connectors/" + CONNECTOR + "/resume", "");
  }

  private long stored() throws InterruptedException {
    long stored = 0;
    for (JsonNode position : stack.node().ingestPositions(CONNECTOR).path("positions")) {
      stored += position.path("offset").asLong() + 1;
    }
    return stored;
  }
}
