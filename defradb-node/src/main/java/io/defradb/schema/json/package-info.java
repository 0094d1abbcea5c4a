/**
 * Collections and schemas as JSON: what the HTTP API prints ({@link
 * io.defradb.schema.json.CollectionJson}, {@link io.defradb.schema.json.SchemaJson}) and what the
 * catalog stores ({@link io.defradb.schema.json.CollectionVersionCodec}). The only part of the
 * schema room, with its patches, that knows the JSON library; none of its types leaves it but text
 * and bytes.
 */
@NullMarked
package io.defradb.schema.json;

import org.jspecify.annotations.NullMarked;
