package io.defradb.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Turns an answer into HTTP (http-api specification, section 2). On the event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, seen there
final class AnswerWriter {
  private static final AsciiString ACCESS_CONTROL_ALLOW_HEADERS =
      AsciiString.cached("Access-Control-Allow-Headers");
  private static final AsciiString ACCESS_CONTROL_ALLOW_METHODS =
      AsciiString.cached("Access-Control-Allow-Methods");
  private static final AsciiString ACCESS_CONTROL_ALLOW_ORIGIN =
      AsciiString.cached("Access-Control-Allow-Origin");
  private static final AsciiString ACCESS_CONTROL_MAX_AGE =
      AsciiString.cached("Access-Control-Max-Age");
  private static final AsciiString ALLOW = AsciiString.cached("Allow");
  private static final AsciiString CACHE_CONTROL = AsciiString.cached("Cache-Control");
  private static final AsciiString CONNECTION = AsciiString.cached("Connection");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
  private static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
  private static final AsciiString DATE = AsciiString.cached("Date");
  private static final AsciiString TRANSFER_ENCODING = AsciiString.cached("Transfer-Encoding");
  private static final AsciiString VARY = AsciiString.cached("Vary");

  /** Longer bodies are chunked, as the reference does. */
  private static final int WHOLE_BYTES_MAX = 2048;

  private final ServerContext server;
  private final HttpDate date = new HttpDate();

  AnswerWriter(ServerContext server) {
    this.server = server;
  }

  /** Writes all of it; answers the future of its last byte. */
  ChannelFuture write(
      ChannelHandlerContext ctx, ReceivedRequest request, Answer answer, boolean isKept) {
    if (answer instanceof Answer.Whole whole) {
      return writeWhole(ctx, request, whole, isKept);
    }
    var response = full(answer.status(), Unpooled.EMPTY_BUFFER);
    if (answer.status() == 405) {
      Router.Match match = server.served().get().router().find(request.method(), request.path());
      match.allowed().forEach(m -> response.headers().add(ALLOW, m.name()));
    }
    response.headers().set(CONTENT_LENGTH, "0");
    common(request, response.headers(), isKept);
    return ctx.writeAndFlush(response);
  }

  /** The answer to a preflight: what a page may do. */
  ChannelFuture writePreflight(ChannelHandlerContext ctx, ReceivedRequest request, boolean isKept) {
    var response = full(200, Unpooled.EMPTY_BUFFER);
    HttpHeaders headers = response.headers();
    headers.set(CONTENT_LENGTH, "0");
    headers.set(DATE, date.now());
    headers.add(VARY, "Origin");
    headers.add(VARY, "Access-Control-Request-Method");
    headers.add(VARY, "Access-Control-Request-Headers");
    String origin = request.header("Origin");
    String method = request.header("Access-Control-Request-Method");
    List<String> allowed =
        server.cors().allowedHeaders(request.header("Access-Control-Request-Headers"));
    if (origin != null
        && method != null
        && allowed != null
        && server.cors().isAllowed(origin)
        && server.cors().isMethodAllowed(method)) {
      headers.set(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      headers.set(ACCESS_CONTROL_ALLOW_METHODS, method.toUpperCase(Locale.ROOT));
      if (!allowed.isEmpty()) {
        headers.set(ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", allowed));
      }
      headers.set(ACCESS_CONTROL_MAX_AGE, "300");
    }
    closing(headers, isKept, request.isOld());
    return ctx.writeAndFlush(response);
  }

  /** The head of a stream; the client sees it before the first item. */
  void writeStreamHead(
      ChannelHandlerContext ctx, ReceivedRequest request, Answer.Streamed stream, boolean isKept) {
    var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    HttpHeaders headers = response.headers();
    headers.set(CONTENT_TYPE, stream.contentType());
    common(request, headers, isKept);
    if (stream.contentType().equals(Operation.EVENT_STREAM)) {
      headers.set(CACHE_CONTROL, "no-cache");
      if (isKept) {
        headers.set(CONNECTION, "keep-alive");
      }
    }
    if (!request.isOld()) {
      headers.set(TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    ctx.writeAndFlush(response);
  }

  private ChannelFuture writeWhole(
      ChannelHandlerContext ctx, ReceivedRequest request, Answer.Whole whole, boolean isKept) {
    ByteBuf body = body(whole);
    int length = body.readableBytes();
    if (length <= WHOLE_BYTES_MAX || request.isOld()) {
      var response = full(whole.status(), body);
      describe(whole, request, response, isKept);
      response.headers().set(CONTENT_LENGTH, Integer.toString(length));
      return ctx.writeAndFlush(response);
    }
    var response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(whole.status()));
    describe(whole, request, response, isKept);
    response.headers().set(TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    ctx.write(response);
    ctx.write(new DefaultHttpContent(body));
    return ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private void describe(
      Answer.Whole whole, ReceivedRequest request, HttpResponse response, boolean isKept) {
    HttpHeaders headers = response.headers();
    headers.set(CONTENT_TYPE, whole.contentType());
    if (whole.status() >= 400 && whole.contentType().startsWith(Operation.TEXT)) {
      headers.set("X-Content-Type-Options", "nosniff");
    }
    common(request, headers, isKept);
  }

  private void common(ReceivedRequest request, HttpHeaders headers, boolean isKept) {
    headers.set(DATE, date.now());
    headers.set(VARY, "Origin");
    String origin = request.header("Origin");
    if (origin != null && server.cors().isAllowed(origin)) {
      headers.set(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    closing(headers, isKept, request.isOld());
  }

  private static void closing(HttpHeaders headers, boolean isKept, boolean isOld) {
    if (!isKept) {
      headers.set(CONNECTION, "close");
    } else if (isOld) {
      headers.set(CONNECTION, "keep-alive");
    }
  }

  private static DefaultFullHttpResponse full(int status, ByteBuf body) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
  }

  private static ByteBuf body(Answer.Whole whole) {
    if (!whole.isJson()) {
      return Unpooled.wrappedBuffer(whole.bytes(), 0, whole.length());
    }
    byte[] bytes = whole.bytes();
    if (bytes.length == whole.length()) {
      bytes = Arrays.copyOf(bytes, whole.length() + 1);
    }
    bytes[whole.length()] = '\n';
    return Unpooled.wrappedBuffer(bytes, 0, whole.length() + 1);
  }
}
