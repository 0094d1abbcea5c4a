package io.defradb.http;

import java.util.Locale;
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
      return shortest(nanos / 1e3) + "µs";
    }
    if (nanos < 1_000_000_000) {
      return shortest(nanos / 1e6) + "ms";
    }
    return shortest(nanos / 1e9) + "s";
  }

  private static String shortest(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }
}
