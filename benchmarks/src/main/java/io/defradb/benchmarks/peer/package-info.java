/**
 * Measures the peer stack by itself: {@link io.defradb.benchmarks.peer.StreamRate} one stream's
 * rate, {@link io.defradb.benchmarks.peer.PeerMemory} what connected peers cost. It must not know
 * documents.
 */
@NullMarked
package io.defradb.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
