package io.defradb.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class DefraSinkConnectorTest {
  @Test
  void givenManyFaults_whenValidated_thenEachIsNamedAtItsKeyAtOnce() {
    Map<String, List<String>> faults =
        faults(
            Map.of(
                "insert.mode", "merge",
                "primary.key.mode", "record_value",
                "batch.size", "0",
                "defradb.url", "nowhere",
                "flush.max.retires", "3"));
    assertThat(faults.keySet())
        .containsExactlyInAnyOrder(
            "insert.mode", "primary.key.fields", "batch.size", "defradb.url", "flush.max.retires");
    assertThat(faults.get("flush.max.retires").toString())
        .contains("Did you mean flush.max.retries?");
  }

  @Test
  void givenAnotherConnectorsSpellings_whenValidated_thenTheyAreKnown() {
    assertThat(
            faults(
                Map.of(
                    "pk.mode", "kafka", "max.retries", "x", "defradb.url", "http://127.0.0.1:1")))
        .containsOnlyKeys("flush.max.retries");
  }

  @Test
  void givenNoNodeAtTheAddress_whenValidated_thenTheAddressIsAtFault() {
    assertThat(faults(Map.of("defradb.url", "http://127.0.0.1:1", "topics", "orders")))
        .containsOnlyKeys("defradb.url");
  }

  @Test
  void whenAskedForItsVersion_thenItIsTheBuilds() {
    assertThat(new DefraSinkConnector().version()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  private static Map<String, List<String>> faults(Map<String, String> settings) {
    Map<String, String> given =
        new HashMap<>(
            Map.of("name", "s", "connector.class", "c", "topics", "t", "errors.tolerance", "all"));
    given.putAll(settings);
    Config config = new DefraSinkConnector().validate(given);
    Map<String, List<String>> faults = new HashMap<>();
    for (ConfigValue value : config.configValues()) {
      if (!value.errorMessages().isEmpty()) {
        faults.put(value.name(), value.errorMessages());
      }
    }
    return faults;
  }
}
