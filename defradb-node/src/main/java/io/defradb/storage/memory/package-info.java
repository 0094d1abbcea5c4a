/**
 * A store that lives as long as its process: for tests and for {@code --store memory}. Its door is
 * {@link io.defradb.storage.memory.MemoryStore}; it must not know what keys and values mean.
 */
@NullMarked
package io.defradb.storage.memory;

import org.jspecify.annotations.NullMarked;
