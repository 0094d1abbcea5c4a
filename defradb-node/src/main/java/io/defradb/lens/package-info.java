/**
 * Lenses: WASM modules that turn JSON objects into others, for migrations between versions of a
 * collection and for views. The doors are {@code Lenses} and {@code LensConfig}. A module is
 * hostile input: its size, memory, time and items are bounded, and it sees nothing but the items it
 * is given. It knows no documents, and nobody else knows the runtime.
 */
@NullMarked
package io.defradb.lens;

import org.jspecify.annotations.NullMarked;
