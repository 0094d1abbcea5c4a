package io.defradb.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.connect.sink.settings.SinkConfigDef;
import io.defradb.connect.sink.settings.SinkSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
                "errors.deadletterqueue.topic", "dead",
                "errors.tolerence", "all",
                "flush.max.retires", "3"));
    assertThat(faults.keySet())
        .containsExactlyInAnyOrder(
            "insert.mode",
            "primary.key.fields",
            "batch.size",
            "defradb.url",
            "errors.tolerence",
            "flush.max.retires");
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
  void givenAForm_whenItAsks_thenWordsAreOfferedAndOnlyKeysWithASenseAreShown() {
    Map<String, ConfigValue> plain = SinkConfigDef.DEF.validateAll(Map.of());
    assertThat(plain.get("insert.mode").recommendedValues())
        .containsExactly("insert", "upsert", "update");
    assertThat(plain.values().stream().filter(value -> !value.visible()).map(ConfigValue::name))
        .containsExactlyInAnyOrder(
            "defradb.identity.key.type", "defradb.identity.token.lifetime.ms");
    Map<String, ConfigValue> other =
        SinkConfigDef.DEF.validateAll(
            Map.of(
                "defradb.identity.key", "0".repeat(63) + "1",
                "defradb.encrypt", "true",
                "flush.max.retries", "0"));
    assertThat(other.values().stream().filter(value -> !value.visible()).map(ConfigValue::name))
        .containsExactlyInAnyOrder("defradb.encrypt.fields", "flush.retry.delay.ms");
  }

  @Test
  void givenSettingsThatLoseRecords_whenStarted_thenEachIsDoubted() {
    assertThat(DefraSinkConnector.doubts(Map.of())).isEmpty();
    assertThat(
            DefraSinkConnector.doubts(
                Map.of(
                    "errors.tolerance", "all",
                    "errors.deadletterqueue.topic.name", "dead",
                    "consumer.override.auto.offset.reset", "earliest")))
        .isEmpty();
    assertThat(
            DefraSinkConnector.doubts(
                Map.of("errors.tolerance", "all", "consumer.override.auto.offset.reset", "latest")))
        .satisfiesExactly(
            doubt -> assertThat(doubt).contains("auto.offset.reset is latest"),
            doubt -> assertThat(doubt).contains("errors.deadletterqueue.topic.name is not set"));
  }

  @Test
  void givenNoNodeAtTheAddress_whenValidated_thenTheAddressIsAtFault() {
    assertThat(faults(Map.of("defradb.url", "http://127.0.0.1:1", "topics", "orders")))
        .containsOnlyKeys("defradb.url");
  }

  @Test
  void givenFaultsOfTheSchemasSettings_whenValidated_thenEachSaysWhatItWants() {
    Map<String, List<String>> faults =
        faults(
            Map.of(
                "field.rename", "old",
                "relation.fields", "customer_no",
                "schema.evolution", "all",
                "defradb.tls.ca.file", "/nowhere.pem"));
    assertThat(faults.keySet())
        .containsExactlyInAnyOrder(
            "field.rename", "relation.fields", "schema.evolution", "defradb.tls.ca.file");
    assertThat(faults.get("field.rename").toString()).contains("old:new");
    assertThat(faults.get("relation.fields").toString()).contains("<relation>.<key field>");
    assertThat(faults.get("defradb.tls.ca.file").toString()).contains("cannot be read");
  }

  @Test
  void givenConfluentsWords_whenResolved_thenTheyMeanOurs() {
    SinkSettings settings =
        SinkSettings.of(
            Map.of(
                "name", "s",
                "auto.create", "true",
                "auto.evolve", "true",
                "behavior.on.null.values", "delete",
                "pk.mode", "record_value",
                "pk.fields", "id"));
    assertThat(settings.isCreating()).isTrue();
    assertThat(settings.isEvolving()).isTrue();
    assertThat(settings.isDeleteEnabled()).isTrue();
    assertThat(settings.keyFields()).containsExactly("id");
  }

  @Test
  void givenTheSampleForDebezium_whenValidated_thenOnlyTheNodeIsMissing() throws IOException {
    var sample = new Properties();
    try (Reader file =
        Files.newBufferedReader(Path.of("../config/connect/debezium-sink.properties"))) {
      sample.load(file);
    }
    Map<String, String> settings = new HashMap<>();
    sample.forEach((key, value) -> settings.put(String.valueOf(key), String.valueOf(value)));
    settings.put("defradb.url", "http://127.0.0.1:1");
    assertThat(faults(settings)).containsOnlyKeys("defradb.url");
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
