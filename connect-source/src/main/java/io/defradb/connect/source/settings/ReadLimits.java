package io.defradb.connect.source.settings;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * How much of the feed waits in memory, and how long a node that does not answer is borne with.
 * Immutable.
 *
 * @param entries of one shard, at most; {@code bytes}: about
 * @param retriesMax in a row, before the task fails; negative: for ever
 * @param pauseMax what pauses between them grow to
 */
public record ReadLimits(int entries, long bytes, int retriesMax, Duration pauseMax) {
  static ReadLimits of(AbstractConfig config) {
    return new ReadLimits(
        config.getInt(SourceConfigDef.QUEUE_SIZE),
        config.getLong(SourceConfigDef.QUEUE_BYTES),
        config.getInt(SourceConfigDef.RETRIES_MAX),
        Duration.ofMillis(config.getLong(SourceConfigDef.RETRY_PAUSE_MAX)));
  }
}
