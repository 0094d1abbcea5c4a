package io.defradb.connect.source;

import io.defradb.connect.source.settings.SourceSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which shards a task reads: dealt out by the connector, handed over in a setting that users never
 * write.
 */
final class TaskShards {
  static final String KEY = "defradb.task.shards";

  private TaskShards() {}

  /**
   * One list of shards a task, as even as can be; never more tasks than shards. No collection, no
   * task.
   */
  static List<Map<String, String>> deal(
      Map<String, String> settings, List<String> collections, int shards, int tasksMax) {
    int tasks = collections.isEmpty() ? 0 : Math.min(shards, tasksMax);
    if (tasks == 0) {
      return List.of();
    }
    List<List<Integer>> hands = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      hands.add(new ArrayList<>());
    }
    for (int shard = 0; shard < shards; shard++) {
      hands.get(shard % tasks).add(shard);
    }
    List<Map<String, String>> configs = new ArrayList<>();
    for (List<Integer> hand : hands) {
      Map<String, String> config = new HashMap<>(settings);
      config.put(KEY, hand.stream().map(String::valueOf).collect(Collectors.joining(",")));
      config.put(SourceSettings.CHOSEN, String.join(",", collections));
      configs.add(config);
    }
    return configs;
  }

  static List<Integer> parse(Map<String, String> config) {
    List<Integer> shards = new ArrayList<>();
    for (String shard : config.getOrDefault(KEY, "0").split(",")) {
      shards.add(Integer.parseInt(shard));
    }
    return shards;
  }
}
