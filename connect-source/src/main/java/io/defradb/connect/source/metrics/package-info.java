/**
 * What a task counts, shown over JMX with the attribute names of Debezium's connectors and, where
 * the worker has them, as metrics of the plugin (KIP-877). Its door is {@link
 * io.defradb.connect.source.metrics.SourceMetrics}.
 */
@NullMarked
package io.defradb.connect.source.metrics;

import org.jspecify.annotations.NullMarked;
