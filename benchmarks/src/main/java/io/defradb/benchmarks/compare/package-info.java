/**
 * Asks two nodes the same random questions and tells where they answer differently: schemas,
 * documents, mutations, filters, orders, groups, aggregates, relations, commits, explanations,
 * requests that are wrong. Any two commands that start a node with DefraDB's HTTP API will do. Its
 * door is {@link io.defradb.benchmarks.compare.NodeComparison}; it must not know how a node works
 * inside.
 */
@NullMarked
package io.defradb.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
