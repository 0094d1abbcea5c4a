package io.defradb.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class DefraSourceConnectorTest {
  @Test
  void givenManyFaults_whenValidated_thenEachIsNamedAtItsKeyAtOnce() {
    Map<String, List<String>> faults =
        faults(
            Map.of(
                "snapshot.mode", "sometimes",
                "defradb.shards", "0",
                "snapshot.modes", "initial",
                "defradb.url", "ftp://x"));
    assertThat(faults.keySet())
        .containsExactlyInAnyOrder(
            "snapshot.mode",
            "defradb.shards",
            "snapshot.modes",
            "defradb.url",
            "topic.prefix",
            "collection.include.list");
    assertThat(faults.get("snapshot.modes").toString()).contains("Did you mean snapshot.mode?");
  }

  @Test
  void givenNoNodeAtTheAddress_whenValidated_thenTheAddressIsAtFault() {
    assertThat(
            faults(
                Map.of(
                    "defradb.url",
                    "http://127.0.0.1:1",
                    "topic.prefix",
                    "p",
                    "collection.include.list",
                    "A")))
        .containsOnlyKeys("defradb.url");
  }

  @Test
  void givenShardsAndTasks_whenDealt_thenEveryShardHasOneTaskAndNoTaskIsIdle() {
    for (int shards = 1; shards <= 9; shards++) {
      for (int tasks = 1; tasks <= 9; tasks++) {
        List<Map<String, String>> configs = TaskShards.deal(Map.of(), shards, tasks);
        assertThat(configs).hasSize(Math.min(shards, tasks));
        var seen = new TreeSet<Integer>();
        for (Map<String, String> config : configs) {
          assertThat(TaskShards.parse(config)).isNotEmpty().allMatch(seen::add);
        }
        assertThat(seen).hasSize(shards);
      }
    }
  }

  private static Map<String, List<String>> faults(Map<String, String> settings) {
    Map<String, String> given =
        new HashMap<>(Map.of("name", "s", "connector.class", "c", "tasks.max", "1"));
    given.putAll(settings);
    Config config = new DefraSourceConnector().validate(given);
    Map<String, List<String>> faults = new HashMap<>();
    for (ConfigValue value : config.configValues()) {
      if (!value.errorMessages().isEmpty()) {
        faults.put(value.name(), value.errorMessages());
      }
    }
    return faults;
  }
}
