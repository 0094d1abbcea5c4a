package io.defradb.streams.latest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.streams.events.JsonSerde;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestStateTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private TopologyTestDriver driver;
  private TestInputTopic<JsonNode, JsonNode> events;
  private TestOutputTopic<String, JsonNode> table;

  @BeforeEach
  void open() {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    driver = new TopologyTestDriver(LatestState.topology("events", "table"), settings);
    var json = JsonSerde.create();
    events = driver.createInputTopic("events", json.serializer(), json.serializer());
    table = driver.createOutputTopic("table", Serdes.String().deserializer(), json.deserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void givenCreateUpdateDelete_whenFolded_thenTheTableHoldsWhatIsLeft() {
    send("a", "c", 1, "{\"n\":1}");
    send("b", "c", 2, "{\"n\":2}");
    send("a", "u", 3, "{\"n\":9007199254740993}");
    send("b", "d", 4, "null");
    events.pipeInput(json("{\"docID\":\"b\"}"), (JsonNode) null); // the tombstone
    Map<String, JsonNode> rows = table.readKeyValuesToMap();
    assertThat(rows.get("a").get("n").asLong()).isEqualTo(9007199254740993L);
    assertThat(rows).containsEntry("b", null);
  }

  @Test
  void givenALateUpdateAfterTheDelete_whenFolded_thenTheDocumentStaysDeleted() {
    send("a", "c", 1, "{\"n\":1}");
    send("a", "d", 3, "null");
    send("a", "u", 2, "{\"n\":7}");
    assertThat(table.readKeyValuesToMap()).containsEntry("a", null);
  }

  @Test
  void givenADeliveryTwice_whenFolded_thenNothingChanges() {
    send("a", "c", 1, "{\"n\":1}");
    send("a", "u", 2, "{\"n\":2}");
    send("a", "c", 1, "{\"n\":1}");
    assertThat(table.readKeyValuesToMap().get("a").get("n").asInt()).isEqualTo(2);
  }

  private void send(String docId, String op, long seq, String after) {
    events.pipeInput(
        json("{\"docID\":\"" + docId + "\"}"),
        json(
            "{\"op\":\"%s\",\"source\":{\"seq\":%d,\"feedId\":\"f\"},\"before\":null,\"after\":%s}"
                .formatted(op, seq, after)));
  }

  private static @Nullable JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
