package io.defradb.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.quickstart.server.QuickstartFailure;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes airports to the topic that the sink reads: key {@code {"iata":…}}, value the record as
 * JSON.
 */
final class RecordsTopic implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final KafkaProducer<String, String> producer;

  RecordsTopic(String brokers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new StringSerializer(),
            new StringSerializer());
  }

  /** Sends all and waits until the broker has them. */
  void write(List<Airport> airports, LongConsumer onSent) {
    long sent = 0;
    for (Airport airport : airports) {
      send(airport.iata(), text(airport));
      onSent.accept(++sent);
    }
    producer.flush();
  }

  /** A record without a value: the sink deletes the document. */
  void writeTombstones(List<String> iatas) {
    iatas.forEach(iata -> send(iata, null));
    producer.flush();
  }

  private void send(String iata, @Nullable String value) {
    var record = new ProducerRecord<>(Names.RECORDS_TOPIC, text(Map.of("iata", iata)), value);
    var unused =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure != null) {
                failed = failure;
              }
            });
    Exception failure = failed;
    if (failure != null) {
      throw new QuickstartFailure("The broker refused a record: " + failure.getMessage(), failure);
    }
  }

  private volatile @Nullable Exception failed;

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new QuickstartFailure("A record cannot be written as JSON", e);
    }
  }

  @Override
  public void close() {
    Farewell.say(producer::close);
  }
}
