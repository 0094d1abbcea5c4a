package io.defradb.connect.source.signal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Where signals are awaited. Immutable.
 *
 * @param channels any of {@code kafka}, {@code file}, {@code jmx}; empty: nowhere
 * @param prefix of the source's topics, which names it in signals
 * @param consumer settings of the topic's consumer
 */
public record SignalSettings(
    Set<String> channels,
    String prefix,
    String topic,
    String bootstrapServers,
    Map<String, Object> consumer,
    Path file,
    Duration every) {}
