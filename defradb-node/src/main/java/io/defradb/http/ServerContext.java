package io.defradb.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What all connections share.
 *
 * @param bodyBytes bytes of request bodies held right now
 * @param workers bounded; refuses with {@link java.util.concurrent.RejectedExecutionException}
 */
record ServerContext(
    HttpSettings settings,
    Supplier<Served> served,
    ExecutorService workers,
    CorsPolicy cors,
    HttpStats stats,
    RequestLog log,
    AtomicLong bodyBytes,
    AtomicLong requestIds) {

  /** All bodies together may take a quarter of the heap. */
  static final long BODY_BYTES_ALL_MAX = Runtime.getRuntime().maxMemory() / 4;
}
