package io.defradb.http.endpoint.ingest;

import io.defradb.db.ingest.SourcePartition;
import io.defradb.document.JsonWriter;

/** The members of a source partition. */
final class PositionJson {
  private PositionJson() {}

  /** Into the object that is open. */
  static JsonWriter write(JsonWriter json, SourcePartition partition) {
    return json.name("sink")
        .string(partition.sink())
        .name("clusterId")
        .string(partition.clusterId())
        .name("topic")
        .string(partition.topic())
        .name("topicId")
        .string(partition.topicId())
        .name("partition")
        .number(partition.partition());
  }
}
