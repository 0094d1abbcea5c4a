/**
 * From change events to an Iceberg table that holds a collection's documents as they are now. Reads
 * the documented record format (JSON with schemas) and nothing of the connector's code. The door is
 * {@link io.defradb.iceberg.IcebergCommand}.
 */
@NullMarked
package io.defradb.iceberg;

import org.jspecify.annotations.NullMarked;
