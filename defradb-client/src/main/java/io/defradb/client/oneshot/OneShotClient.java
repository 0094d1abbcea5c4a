package io.defradb.client.oneshot;

import io.defradb.client.NodeAnswer;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks one node, a connection a request. Failures to reach it are {@code UNAVAILABLE} with the
 * texts that users of the reference know. Whatever the node answers is handed on, errors too.
 */
public final class OneShotClient {
  private static final String API = "/api/v0";
  private static final int ANSWER_BYTES_MAX = 1 << 30;

  private final URI node;
  private final Map<String, String> headers;
  private final OneShotTransport transport;

  /** An answer to be read as it comes. */
  public record Opened(int status, InputStream body) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /**
   * @param node as {@link #parse} answers it
   * @param headers of every request
   * @param connectMax wait for a connection
   * @param silenceMax wait for an answer, and for the next bytes of it; zero: for ever
   */
  public OneShotClient(
      URI node, Map<String, String> headers, Duration connectMax, Duration silenceMax) {
    this.node = node;
    this.headers = Map.copyOf(headers);
    this.transport = new OneShotTransport(connectMax, silenceMax);
  }

  /** Reads a URL, or {@code host:port}. Throws {@code INVALID_CONFIG}. */
  public static URI parse(String node) {
    return Urls.parse(node);
  }

  /** A path segment, escaped. */
  public static String escape(String segment) {
    return Urls.escape(segment);
  }

  /** {@code path}: below {@code /api/v0}. {@code body}: {@code null} for none. */
  public NodeAnswer send(
      String method, String path, Map<String, String> parameters, byte @Nullable [] body) {
    HttpRequestText request = request(method, path, parameters, body);
    try (Opened opened = transport.send(request)) {
      byte[] bytes = opened.body().readNBytes(ANSWER_BYTES_MAX);
      return new NodeAnswer(opened.status(), bytes);
    } catch (IOException e) {
      throw unavailable(request, e);
    }
  }

  /** As {@link #send}, with the body still to be read; close it. */
  public Opened open(
      String method, String path, Map<String, String> parameters, byte @Nullable [] body) {
    HttpRequestText request = request(method, path, parameters, body);
    try {
      return transport.send(request);
    } catch (IOException e) {
      throw unavailable(request, e);
    }
  }

  private HttpRequestText request(
      String method, String path, Map<String, String> parameters, byte @Nullable [] body) {
    URI uri = URI.create(node + API + path + Urls.query(parameters));
    return new HttpRequestText(method, uri, headers, body);
  }

  private static DefraException unavailable(HttpRequestText request, IOException cause) {
    String method = request.method();
    String verb = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
    String reason = String.valueOf(cause.getMessage());
    return new DefraException(
        ErrorCode.UNAVAILABLE, verb + " \"" + request.uri() + "\": " + reason, Map.of(), cause);
  }
}
