package io.defradb.quickstart.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.quickstart.server.QuickstartFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The source at work: counted by what is committed in its topic. */
final class SourceRun {
  static final String TOPIC = "speed." + Records.COLLECTION;

  private static final String CONNECTOR = "speed-source";
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration WAIT = Duration.ofMinutes(3);

  private final Stack stack;
  private final int shards;
  private final Map<String, String> config = new HashMap<>();
  private final ObjectMapper json = new ObjectMapper();

  SourceRun(Stack stack, int shards, Map<String, String> overrides) {
    this.stack = stack;
    this.shards = shards;
    config.put("connector.class", "io.defradb.connect.source.DefraSourceConnector");
    config.put("tasks.max", String.valueOf(shards));
    config.put("defradb.shards", String.valueOf(shards));
    config.put("defradb.url", stack.settings().nodeUrl());
    config.put("topic.prefix", "speed");
    config.put("collection.include.list", Records.COLLECTION);
    config.put("snapshot.mode", "no_data");
    config.put("exactly.once.support", "required");
    config.put("topic.creation.default.partitions", "1");
    config.put("topic.creation.default.replication.factor", "1");
    config.putAll(overrides);
  }

  /** Makes the connector, but stopped, and sets its offsets to the beginning of the log. */
  void prepare() throws InterruptedException {
    ObjectNode body = json.createObjectNode().put("name", CONNECTOR);
    body.put("initial_state", "STOPPED").set("config", json.valueToTree(config));
    call("POST", "/connectors", body.toString());
    String feedId = stack.node().changesInfo().path("feedId").asText();
    ObjectNode offsets = json.createObjectNode();
    for (int shard = 0; shard < shards; shard++) {
      ObjectNode lane = offsets.withArray("offsets").addObject();
      lane.putObject("partition")
          .put("source", "speed")
          .put("collection", Records.COLLECTION)
          .put("shard", shard + "/" + shards);
      lane.putObject("offset").put("feedId", feedId).put("seq", 0);
    }
    long end = System.nanoTime() + WAIT.toNanos();
    while (!stack
        .connect()
        .call("PATCH", "/connectors/" + CONNECTOR + "/offsets", offsets.toString())
        .contains("successfully")) {
      requireTime(end, "The source's offsets cannot be set");
      Thread.sleep(POLL.toMillis());
    }
  }

  void start() {
    stack.connect().call("PUT", "/connectors/" + CONNECTOR + "/resume", "");
  }

  Samples drain(EventsProbe events, long goal) throws InterruptedException {
    var samples = new Samples(goal, stack::cpu);
    long end = System.nanoTime() + WAIT.toNanos();
    while (!samples.isComplete()) {
      requireTime(end, "The source has sent " + samples.last() + " of " + goal + " events in time");
      Thread.sleep(POLL.toMillis());
      samples.add(events.end());
    }
    return samples;
  }

  private void requireTime(long end, String otherwise) {
    if (System.nanoTime() > end) {
      stack.connect().isRunning(CONNECTOR); // says what failed, if anything did
      throw new QuickstartFailure(otherwise);
    }
  }

  private void call(String method, String path, String body) {
    String answer = stack.connect().call(method, path, body);
    if (answer.contains("error_code")) {
      throw new QuickstartFailure("Connect refused: " + answer);
    }
  }
}
