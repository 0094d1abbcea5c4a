/**
 * What operators tell a running source: signals read from Kafka, a file or JMX, with the names and
 * shapes of Debezium's. Its door is {@link io.defradb.connect.source.signal.SignalReader}; it knows
 * no node.
 */
@NullMarked
package io.defradb.connect.source.signal;

import org.jspecify.annotations.NullMarked;
