package io.defradb.streams.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** JSON trees as bytes. Integers keep all 64 bits, decimals all their digits. */
public final class JsonSerde {
  private JsonSerde() {}

  public static Serde<JsonNode> create() {
    var json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    return Serdes.serdeFrom(
        (topic, node) -> {
          try {
            return node == null ? null : json.writeValueAsBytes(node);
          } catch (JsonProcessingException e) {
            throw new SerializationException("a value cannot be written as JSON", e);
          }
        },
        (topic, bytes) -> {
          try {
            return bytes == null ? null : json.readTree(bytes);
          } catch (IOException e) {
            throw new SerializationException("a record of topic " + topic + " is not JSON", e);
          }
        });
  }
}
