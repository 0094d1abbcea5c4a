/**
 * Hosts in one process, for tests: {@link io.defradb.libp2p.transport.memory.MemoryNetwork} carries
 * their bytes and runs all their loops on one seeded schedule, so that a seed repeats a run.
 */
@NullMarked
package io.defradb.libp2p.transport.memory;

import org.jspecify.annotations.NullMarked;
