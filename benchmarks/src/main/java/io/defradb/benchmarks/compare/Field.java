package io.defradb.benchmarks.compare;

/**
 * A field that holds a value.
 *
 * @param isCounter its changes are added
 * @param directives what follows the kind in SDL
 */
record Field(String name, Kind kind, boolean isCounter, String directives) {}
