/**
 * The real tasks of both connectors against a real node, in one process, under faults that a seed
 * chooses: requests and answers lost, late or doubled, a node that restarts or is full, tasks
 * killed and moved, records delivered again, poison, schemas that change. Afterwards everything is
 * counted.
 */
@NullMarked
package io.defradb.system.simulation;

import org.jspecify.annotations.NullMarked;
