package io.defradb.benchmarks.compare;

/**
 * One side of a relation.
 *
 * @param target name of the other type
 * @param isMany this side holds a list
 * @param isPrimary documents of this side name the other
 */
record Link(String name, String target, boolean isMany, boolean isPrimary, String directives) {}
