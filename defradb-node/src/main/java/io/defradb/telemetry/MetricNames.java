package io.defradb.telemetry;

/** The names of all metrics. Added, never renamed or reused. */
public final class MetricNames {
  /** Requests answered. */
  public static final String HTTP_REQUESTS = "defradb.http.requests";

  /** Requests answered with a status from 400 on. */
  public static final String HTTP_FAILURES = "defradb.http.failures";

  /** Requests and connections turned away because the node was full. */
  public static final String HTTP_REFUSED = "defradb.http.refused";

  /** Seconds spent answering. */
  public static final String HTTP_SECONDS = "defradb.http.answer.seconds";

  public static final String HTTP_CONNECTIONS = "defradb.http.connections";

  /** Answers that are being streamed. */
  public static final String HTTP_STREAMS = "defradb.http.streams";

  /** Bytes the store takes. */
  public static final String STORE_BYTES = "defradb.store.bytes";

  /** The latest number of the log. */
  public static final String LOG_SEQ = "defradb.log.seq";

  /** Bytes of Java heap in use. */
  public static final String HEAP_BYTES = "defradb.heap.used.bytes";

  /** Seconds since the process began. */
  public static final String UPTIME = "defradb.uptime";

  private MetricNames() {}
}
