/**
 * A whole missing sub-DAG in one round trip, between nodes of this project: the asker names the
 * blocks it lacks and the commits it has, and is sent everything between. Doors: {@link
 * io.defradb.replication.subdag.SubDags}, {@link io.defradb.replication.subdag.SubDagRequest}. It
 * must not know what the blocks are wanted for, nor the store. The bytes: {@code
 * docs/formats/sub-dag.md}.
 */
@org.jspecify.annotations.NullMarked
package io.defradb.replication.subdag;
