/**
 * From change events to a lake: each partition of a topic becomes a changelog of Parquet files, and
 * SQL views over them the collections as they are now. Reads the documented record format (JSON
 * with schemas) and nothing of the connector's code. The door is {@link
 * io.defradb.lake.LakeCommand}.
 */
@NullMarked
package io.defradb.lake;

import org.jspecify.annotations.NullMarked;
