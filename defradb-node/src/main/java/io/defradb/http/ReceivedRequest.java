package io.defradb.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request with its whole body, or why there is none.
 *
 * @param startNanos when it was whole
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record ReceivedRequest(HttpRequest head, byte[] body, Fault fault, long startNanos) {
  static final byte[] NO_BODY = new byte[0];

  enum Fault {
    NONE,
    MALFORMED,
    TOO_LARGE,
    NO_ROOM
  }

  /**
   * A request that has just come; one with a broken escape in its path, or not for one host, is
   * malformed.
   */
  static ReceivedRequest of(HttpRequest head, byte[] body, Fault fault) {
    var request = new ReceivedRequest(head, body, fault, System.nanoTime());
    boolean isWhole = QueryText.isWhole(request.path()) && (request.isOld() || hasOneHost(head));
    return fault == Fault.NONE && !isWhole
        ? new ReceivedRequest(head, body, Fault.MALFORMED, request.startNanos)
        : request;
  }

  private static boolean hasOneHost(HttpRequest head) {
    return head.headers().getAll(HttpHeaderNames.HOST).size() == 1;
  }

  String method() {
    return head.method().name();
  }

  String path() {
    String uri = head.uri();
    int end = uri.indexOf('?');
    String path = end < 0 ? uri : uri.substring(0, end);
    if (path.startsWith("http://") || path.startsWith("https://")) {
      int slash = path.indexOf('/', 8);
      return slash < 0 ? "/" : path.substring(slash);
    }
    return path;
  }

  Map<String, List<String>> query() {
    return QueryText.parse(head.uri());
  }

  @Nullable String header(String name) {
    return head.headers().get(name);
  }

  String host() {
    String host = head.headers().get(HttpHeaderNames.HOST);
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }

  boolean isOld() {
    return head.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
  }

  boolean isKeptAlive() {
    return fault == Fault.NONE && HttpUtil.isKeepAlive(head);
  }

  HttpCall.Request asCallRequest() {
    return new HttpCall.Request(method(), path(), query(), this::header, body);
  }
}
