/**
 * The Kafka Connect sink: records become CRDT mutations of documents, through a node's ingest
 * route. Its doors are the connector and the task that Connect loads. It must not know the node's
 * code, only its HTTP API by way of the client.
 */
@NullMarked
package io.defradb.connect.sink;

import org.jspecify.annotations.NullMarked;
