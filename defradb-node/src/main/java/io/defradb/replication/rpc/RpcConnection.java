package io.defradb.replication.rpc;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.Stream;
import io.defradb.multiformats.Bytes;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The calling side of one stream. State is touched on the stream's event loop only. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure completes the answer
final class RpcConnection implements Http2Engine.Calls {
  private static final int OPEN_MAX = 100;

  private final Stream stream;
  private final Http2Engine engine;
  private final Runnable onClosed;
  private final Map<Http2FrameStream, Call> open = new HashMap<>();
  private boolean isClosed;

  /** A call that waits for its answer. */
  private static final class Call {
    private final CompletableFuture<Bytes> answer;
    private final GrpcMessage reply = new GrpcMessage();
    private @Nullable Integer status;
    private String message = "";

    Call(CompletableFuture<Bytes> answer) {
      this.answer = answer;
    }
  }

  RpcConnection(Stream stream, Runnable onClosed) {
    this.stream = stream;
    this.onClosed = onClosed;
    this.engine = Http2Engine.client(stream, this);
  }

  Http2Engine engine() {
    return engine;
  }

  /** From any thread. When {@code answer} is completed by somebody else, the call is cancelled. */
  void call(String method, Bytes request, Duration limit, CompletableFuture<Bytes> answer) {
    stream.execute(() -> begin(method, request, limit, answer));
  }

  private void begin(
      String method, Bytes request, Duration limit, CompletableFuture<Bytes> answer) {
    if (isClosed || open.size() >= OPEN_MAX) {
      answer.completeExceptionally(
          isClosed
              ? new DefraException(ErrorCode.PEER_CLOSED, "the stream of calls is closed")
              : new DefraException(ErrorCode.BUSY, "too many open calls", "Max", OPEN_MAX));
      return;
    }
    Http2FrameStream call = engine.newCall();
    open.put(call, new Call(answer));
    engine.headers(call, requestHeaders(method, limit), false);
    engine.data(call, GrpcMessage.frame(request), true);
    answer.whenComplete((reply, failure) -> stream.execute(() -> cancel(call)));
  }

  private void cancel(Http2FrameStream call) {
    if (open.remove(call) != null) {
      engine.cancel(call);
    }
  }

  private Http2Headers requestHeaders(String method, Duration limit) {
    return new DefaultHttp2Headers()
        .method("POST")
        .scheme("http")
        .path(RpcServer.SERVICE + method)
        .authority(stream.remotePeer().toString())
        .add("content-type", RpcServer.CONTENT_TYPE)
        .add("user-agent", "defradb-jvm")
        .add("te", "trailers")
        .add("grpc-timeout", timeout(limit));
  }

  @Override
  public void headers(Http2FrameStream stream, Http2Headers headers, boolean isEnd) {
    Call call = open.get(stream);
    if (call == null) {
      return;
    }
    CharSequence status = headers.get("grpc-status");
    if (status != null) {
      try {
        call.status = Integer.valueOf(status.toString());
      } catch (NumberFormatException e) {
        call.status = 2;
      }
      CharSequence message = headers.get("grpc-message");
      call.message = message == null ? "" : PercentText.decode(message.toString());
    }
    if (isEnd) {
      finish(stream, call);
    }
  }

  @Override
  public void data(Http2FrameStream stream, byte[] bytes, boolean isEnd) {
    Call call = open.get(stream);
    if (call == null) {
      return;
    }
    try {
      call.reply.add(bytes);
    } catch (DefraException e) {
      call.answer.completeExceptionally(e);
      return;
    }
    if (isEnd) {
      finish(stream, call);
    }
  }

  private void finish(Http2FrameStream stream, Call call) {
    open.remove(stream);
    try {
      if (call.status == null) {
        throw new DefraException(ErrorCode.PEER_FAULT, "an rpc answer without status");
      }
      if (call.status != 0) {
        throw new RpcFailure(call.status, call.message);
      }
      call.answer.complete(call.reply.whole());
    } catch (DefraException e) {
      call.answer.completeExceptionally(e);
    }
  }

  @Override
  public void reset(Http2FrameStream stream) {
    Call call = open.remove(stream);
    if (call != null) {
      call.answer.completeExceptionally(
          new DefraException(ErrorCode.STREAM_RESET, "the peer gave the call up"));
    }
  }

  @Override
  public void closed(DefraException failure) {
    isClosed = true;
    onClosed.run();
    Map<Http2FrameStream, Call> left = new HashMap<>(open);
    open.clear();
    left.values().forEach(call -> call.answer.completeExceptionally(failure));
  }

  /** In microseconds while they are the eight digits that gRPC allows, then in milliseconds. */
  private static String timeout(Duration limit) {
    long micros = TimeUnit.NANOSECONDS.toMicros(limit.toNanos());
    return micros < 100_000_000 ? micros + "u" : limit.toMillis() + "m";
  }
}
