/**
 * The Kafka Connect source: a node's commits become change events. Its doors are the connector and
 * the task that Connect loads. It must not know the node's code, only its HTTP API by way of the
 * client.
 */
@NullMarked
package io.defradb.connect.source;

import org.jspecify.annotations.NullMarked;
