package io.defradb.connect.source;

import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.settings.SourceSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Records that carry nothing but a lane's offset, so that a quiet collection's position does not
 * grow old.
 */
final class Heartbeats {
  private static final Schema KEY =
      SchemaBuilder.struct()
          .name("io.defradb.connector.HeartbeatKey")
          .field("serverName", Schema.STRING_SCHEMA)
          .build();
  private static final Schema VALUE =
      SchemaBuilder.struct()
          .name("io.defradb.connector.Heartbeat")
          .field("ts_ms", Schema.INT64_SCHEMA)
          .build();

  private final SourceSettings settings;
  private final Clock clock;
  private final Map<Lane, Instant> sent = new HashMap<>();

  Heartbeats(SourceSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  List<SourceRecord> due(Map<Lane, LaneOffset.Streaming> offsets) {
    List<SourceRecord> records = new ArrayList<>();
    if (settings.heartbeat().isZero()) {
      return records;
    }
    Instant now = clock.instant();
    offsets.forEach(
        (lane, offset) -> {
          Instant last = sent.computeIfAbsent(lane, key -> now);
          if (last.plus(settings.heartbeat()).isAfter(now)) {
            return;
          }
          sent.put(lane, now);
          records.add(
              new SourceRecord(
                  lane.toPartition(),
                  offset.toMap(),
                  settings.topics().heartbeatTopic(),
                  KEY,
                  new Struct(KEY).put("serverName", settings.topicPrefix()),
                  VALUE,
                  new Struct(VALUE).put("ts_ms", now.toEpochMilli())));
        });
    return records;
  }
}
