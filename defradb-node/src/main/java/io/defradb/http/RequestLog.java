package io.defradb.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line a request (cli specification, section 4), and one for every failure of ours. */
final class RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger("http");

  private final HttpStats stats;

  RequestLog(HttpStats stats) {
    this.stats = stats;
  }

  void answered(String method, String path, int status, long lengthBytes, long startNanos) {
    long elapsed = System.nanoTime() - startNanos;
    stats.requests.increment();
    stats.nanos.add(elapsed);
    if (status >= 400) {
      stats.failures.increment();
    }
    if (LOG.isInfoEnabled()) {
      LOG.atInfo()
          .addKeyValue("Method", method)
          .addKeyValue("Path", path)
          .addKeyValue("Status", status)
          .addKeyValue("LengthBytes", lengthBytes)
          .addKeyValue("ElapsedTime", duration(elapsed))
          .log("Request");
    }
  }

  void failed(String requestId, String method, String path, Throwable failure) {
    LOG.atError()
        .addKeyValue("RequestID", requestId)
        .addKeyValue("Method", method)
        .addKeyValue("Path", path)
        .addKeyValue("Error", String.valueOf(failure.getMessage()))
        .setCause(failure)
        .log("Request failed");
  }

  /** {@code 49.4µs}, {@code 1.25ms}, {@code 2.5s}. */
  static String duration(long nanos) {
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return thousandths(nanos) + "µs";
    }
    if (nanos < 1_000_000_000) {
      return thousandths((nanos + 500) / 1_000) + "ms";
    }
    return thousandths((nanos + 500_000) / 1_000_000) + "s";
  }

  /** Without trailing zeros. By hand: a formatter costs more than reading a document does. */
  private static String thousandths(long value) {
    long whole = value / 1_000;
    long rest = value % 1_000;
    if (rest == 0) {
      return Long.toString(whole);
    }
    String digits = Long.toString(1_000 + rest);
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return whole + "." + digits.substring(1, end);
  }
}
