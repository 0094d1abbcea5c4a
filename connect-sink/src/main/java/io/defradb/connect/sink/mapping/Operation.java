package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the ingest route, without its offset.
 *
 * @param op "create", "update", "upsert", "delete" and "increment"
 * @param docId names the document; {@code null} when {@code key} does
 * @param key business key: field values
 * @param document values to write; empty for a delete
 * @param increments amounts to add to counters
 * @param relations keys of the documents that relations lead to, by relation
 */
public record Operation(
    String op,
    String collection,
    @Nullable String docId,
    @Nullable ObjectNode key,
    ObjectNode document,
    ObjectNode increments,
    ObjectNode relations) {}
