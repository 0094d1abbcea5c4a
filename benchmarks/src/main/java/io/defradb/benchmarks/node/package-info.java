/**
 * Measures whole nodes from outside, as processes of their own over HTTP: start, memory, disk,
 * writes, feed, reads. Any command that starts a node with DefraDB's HTTP API will do; two commands
 * are measured in turn, case by case, and compared. Its door is {@link
 * io.defradb.benchmarks.node.NodeBenchmark}; it must not know how a node works inside.
 */
@NullMarked
package io.defradb.benchmarks.node;

import org.jspecify.annotations.NullMarked;
