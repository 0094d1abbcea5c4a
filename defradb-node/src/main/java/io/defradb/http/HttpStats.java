package io.defradb.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the server counts; read by the metrics page. Safe for use by many threads. */
public final class HttpStats {
  final LongAdder requests = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder nanos = new LongAdder();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger streams = new AtomicInteger();

  /** Requests answered, of every status. */
  public long requests() {
    return requests.sum();
  }

  /** Requests answered with a status from 400 on. */
  public long failures() {
    return failures.sum();
  }

  /** Requests and connections turned away because the node was full. */
  public long refused() {
    return refused.sum();
  }

  /** Time spent answering, in nanoseconds, summed over all requests. */
  public long nanos() {
    return nanos.sum();
  }

  public int connections() {
    return connections.get();
  }

  public int streams() {
    return streams.get();
  }
}
