package io.defradb.connect.sink;

import io.defradb.connect.sink.settings.SinkConfigDef;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.settings.SinkValidation;
import io.defradb.connect.sink.write.IngestRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of Kafka topics become documents of a DefraDB node. Every task gets the same settings,
 * and its number.
 */
public final class DefraSinkConnector extends SinkConnector {
  private static final Logger LOG = LoggerFactory.getLogger(DefraSinkConnector.class);

  /** Connect's own default is earliest. */
  private static final String OFFSET_RESET = "consumer.override.auto.offset.reset";

  private static final String TOLERANCE = "errors.tolerance";
  private static final String DEAD_LETTERS = "errors.deadletterqueue.topic.name";

  private Map<String, String> given = Map.of();

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public void start(Map<String, String> settings) {
    given = Map.copyOf(settings);
    doubts(given).forEach(LOG::warn);
  }

  /** What is allowed, and loses records without a word. */
  static List<String> doubts(Map<String, String> settings) {
    List<String> doubts = new ArrayList<>();
    String begin = settings.getOrDefault(OFFSET_RESET, "earliest");
    if (!begin.equals("earliest")) {
      doubts.add(
          OFFSET_RESET
              + " is "
              + begin
              + ": records that topics have before this sink's first start are passed over");
    }
    boolean isTolerant = settings.getOrDefault(TOLERANCE, "none").equals("all");
    if (isTolerant && settings.getOrDefault(DEAD_LETTERS, "").isBlank()) {
      doubts.add(
          TOLERANCE
              + " is all, and "
              + DEAD_LETTERS
              + " is not set: records that cannot be written are nowhere");
    }
    return doubts;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return DefraSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int tasksMax) {
    List<Map<String, String>> tasks = new ArrayList<>(tasksMax);
    for (int task = 0; task < tasksMax; task++) {
      Map<String, String> settings = new HashMap<>(given);
      settings.put(SinkSettings.TASK, String.valueOf(task));
      tasks.add(settings);
    }
    return tasks;
  }

  @Override
  public void stop() {
    given = Map.of();
  }

  @Override
  public ConfigDef config() {
    return SinkConfigDef.DEF;
  }

  /**
   * Names every fault at once, each at its key; when all keys are right, tries the node and its
   * collections.
   */
  @Override
  public Config validate(Map<String, String> settings) {
    Config config = super.validate(SinkValidation.resolved(settings));
    boolean isRight = new SinkValidation(config, settings).checkKeys();
    if (isRight) {
      NodeProbe.check(config, SinkSettings.of(settings), settings.getOrDefault("topics", ""));
    }
    return config;
  }

  /** Moves the node's positions with the offsets that an operator sets, or says why not. */
  @Override
  public boolean alterOffsets(
      Map<String, String> settings, Map<TopicPartition, @Nullable Long> offsets) {
    SinkSettings checked = SinkSettings.of(settings);
    try (IngestRoute route = ClientIngestRoute.open(checked)) {
      new PositionRequest(checked, route).apply(offsets);
    }
    return true;
  }
}
