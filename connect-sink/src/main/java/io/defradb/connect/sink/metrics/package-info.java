/**
 * What a task counts, shown over JMX and, where the worker has them, as metrics of the plugin
 * (KIP-877). Its door is {@link io.defradb.connect.sink.metrics.SinkMetrics}. It knows no other
 * room.
 */
@NullMarked
package io.defradb.connect.sink.metrics;

import org.jspecify.annotations.NullMarked;
