package io.defradb.connect.sink.write;

/** A partition of a Kafka topic. */
public record Partition(String topic, int number) {
  @Override
  public String toString() {
    return topic + "-" + number;
  }
}
