package io.defradb.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection: collects requests, has them answered one after the other in the order in which
 * they came, and watches the clock. Everything here runs on the connection's event loop; only
 * endpoints and streams run elsewhere.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, seen there
final class ConnectionHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final int WAITING_MAX = 16;
  private static final int WAITING_BYTES_MAX = 1024 * 1024;
  private static final long LINGER_SECONDS = 2;
  private static final int LINGERS_MAX = 15;

  private final ServerContext server;
  private final AnswerWriter writer;
  private final ConnectionClock clock;
  private final ArrayDeque<ReceivedRequest> waiting = new ArrayDeque<>();
  private int waitingBytes;

  private @Nullable HttpRequest head;
  private @Nullable BodyBuffer body;
  private @Nullable ReceivedRequest current;
  private @Nullable StreamPump pump;
  private boolean isInputClosed;
  private boolean isLingering;
  private boolean hasDropped;

  ConnectionHandler(ServerContext server, ConnectionClock clock) {
    this.server = server;
    this.writer = new AnswerWriter(server);
    this.clock = clock;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (isLingering) {
      hasDropped = true;
      return;
    }
    if (message.decoderResult().isFailure()) {
      malformed(ctx);
      return;
    }
    if (message instanceof HttpRequest request) {
      begin(ctx, request);
    }
    if (message instanceof HttpContent content) {
      collect(ctx, content);
    }
  }

  private void malformed(ChannelHandlerContext ctx) {
    var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    releaseBody();
    offer(
        ctx,
        new ReceivedRequest(
            request, ReceivedRequest.NO_BODY, ReceivedRequest.Fault.MALFORMED, System.nanoTime()));
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    head = request;
    long announced = Math.max(0, HttpUtil.getContentLength(request, 0L));
    body = new BodyBuffer(announced, server.settings().bodyBytesMax(), server.bodyBytes());
    clock.headRead();
    if (body.fault() != ReceivedRequest.Fault.NONE) {
      complete(ctx, body.fault());
    } else if (HttpUtil.is100ContinueExpected(request)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void collect(ChannelHandlerContext ctx, HttpContent content) {
    if (body == null) {
      return;
    }
    body.add(content.content());
    clock.bodyRead(body.length());
    if (body.fault() != ReceivedRequest.Fault.NONE) {
      complete(ctx, body.fault());
    } else if (content instanceof LastHttpContent) {
      complete(ctx, ReceivedRequest.Fault.NONE);
    }
  }

  private void complete(ChannelHandlerContext ctx, ReceivedRequest.Fault fault) {
    if (head == null || body == null) {
      return;
    }
    byte[] bytes = fault == ReceivedRequest.Fault.NONE ? body.toBytes() : ReceivedRequest.NO_BODY;
    if (fault != ReceivedRequest.Fault.NONE) {
      body.release();
    }
    var request = ReceivedRequest.of(head, bytes, fault);
    head = null;
    body = null;
    offer(ctx, request);
  }

  private void offer(ChannelHandlerContext ctx, ReceivedRequest request) {
    if (request.fault() != ReceivedRequest.Fault.NONE) {
      isLingering = true; // nothing after this request can be told apart: read and drop it
    }
    clock.requestRead();
    waiting.add(request);
    waitingBytes += request.body().length;
    if (waiting.size() >= WAITING_MAX || waitingBytes >= WAITING_BYTES_MAX) {
      ctx.channel().config().setAutoRead(false);
    }
    next(ctx);
  }

  private void next(ChannelHandlerContext ctx) {
    if (current != null) {
      return;
    }
    ReceivedRequest request = waiting.poll();
    if (request == null) {
      if (isInputClosed) {
        ctx.close();
      }
      return;
    }
    waitingBytes -= request.body().length;
    if (!ctx.channel().config().isAutoRead()) {
      ctx.channel().config().setAutoRead(true);
    }
    current = request;
    clock.answering();
    switch (request.fault()) {
      case NONE -> answer(ctx, request);
      case MALFORMED -> refuse(ctx, request, Answer.text(400, "400 Bad Request"));
      case TOO_LARGE ->
          refuse(ctx, request, ErrorAnswers.tooLarge(server.settings().bodyBytesMax()));
      case NO_ROOM -> {
        server.stats().refused.increment();
        refuse(ctx, request, ErrorAnswers.busy());
      }
    }
  }

  private void refuse(ChannelHandlerContext ctx, ReceivedRequest request, Answer answer) {
    deliver(ctx, request, answer);
    Workers.offer(server.workers(), () -> log(request, answer.status(), 0));
  }

  private void answer(ChannelHandlerContext ctx, ReceivedRequest request) {
    String wanted = request.header("Access-Control-Request-Method");
    if (request.method().equals("OPTIONS") && wanted != null && !wanted.isEmpty()) {
      boolean isKept = isKept(request);
      writer.writePreflight(ctx, request, isKept);
      answered(ctx, request, isKept);
      Workers.offer(server.workers(), () -> log(request, 200, 0));
      return;
    }
    new RequestRun(server, request, new Receiver(ctx, request)).start();
  }

  /** Brings answers to the event loop. */
  private final class Receiver implements RequestRun.Receiver {
    private final ChannelHandlerContext ctx;
    private final ReceivedRequest request;

    Receiver(ChannelHandlerContext ctx, ReceivedRequest request) {
      this.ctx = ctx;
      this.request = request;
    }

    @Override
    public void answer(Answer answer) {
      if (ctx.executor().inEventLoop()) {
        deliver(ctx, request, answer);
      } else {
        ctx.executor().execute(() -> deliver(ctx, request, answer));
      }
    }

    @Override
    public void stream(Answer.Streamed stream, Served served, Runnable afterwards) {
      ctx.executor().execute(() -> begin(ctx, request, stream, served, afterwards));
    }
  }

  private void deliver(ChannelHandlerContext ctx, ReceivedRequest request, Answer answer) {
    boolean isKept = isKept(request);
    try {
      writer.write(ctx, request, answer, isKept);
    } catch (RuntimeException | Error unexpected) {
      server.log().failed("deliver", request.method(), request.path(), unexpected);
      ctx.close();
    }
    answered(ctx, request, isKept);
  }

  private void begin(
      ChannelHandlerContext ctx,
      ReceivedRequest request,
      Answer.Streamed stream,
      Served served,
      Runnable afterwards) {
    boolean isKept = isKept(request) && !request.isOld();
    Channel channel = ctx.channel();
    writer.writeStreamHead(ctx, request, stream, isKept);
    server.stats().streams.incrementAndGet();
    var started =
        new StreamPump(
            server,
            channel,
            stream.source(),
            !request.isOld(),
            failure -> server.log().failed("stream", request.method(), request.path(), failure),
            ended -> {
              served.remove(ended);
              afterwards.run();
              server.stats().streams.decrementAndGet();
              log(request, 200, ended.sentBytes());
              ctx.executor().execute(() -> ended(ctx, request, isKept));
            });
    pump = started;
    served.add(started);
    if (isInputClosed || !channel.isActive()) {
      started.cancel();
    } else {
      started.wake();
    }
  }

  private void ended(ChannelHandlerContext ctx, ReceivedRequest request, boolean isKept) {
    pump = null;
    answered(ctx, request, isKept);
  }

  private void log(ReceivedRequest request, int status, long length) {
    server.log().answered(request.method(), request.path(), status, length, request.startNanos());
  }

  private boolean isKept(ReceivedRequest request) {
    return request.isKeptAlive() && !isInputClosed;
  }

  private void answered(ChannelHandlerContext ctx, ReceivedRequest request, boolean isKept) {
    server.bodyBytes().addAndGet(-request.body().length);
    current = null;
    clock.waiting();
    if (isKept) {
      next(ctx);
    } else {
      closeGently(ctx);
    }
  }

  /**
   * Lets the client read the answer before a reset for its unread bytes could destroy it: many a
   * client sends all it has before it reads.
   */
  private void closeGently(ChannelHandlerContext ctx) {
    if (!isLingering || isInputClosed || !(ctx.channel() instanceof DuplexChannel duplex)) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    ctx.channel().config().setAutoRead(true);
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(unused -> duplex.shutdownOutput());
    linger(ctx, LINGERS_MAX);
  }

  private void linger(ChannelHandlerContext ctx, int times) {
    hasDropped = false;
    ctx.executor()
        .schedule(
            () -> {
              if (hasDropped && times > 1) {
                linger(ctx, times - 1);
              } else {
                ctx.close();
              }
            },
            LINGER_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (pump != null && ctx.channel().isWritable()) {
      pump.wake();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      isInputClosed = true;
      if (pump != null) {
        pump.cancel();
      } else if (current == null && waiting.isEmpty()) {
        ctx.close();
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    clock.start(ctx);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    clock.stop();
    if (pump != null) {
      pump.cancel();
    }
    releaseBody();
    waiting.forEach(request -> server.bodyBytes().addAndGet(-request.body().length));
    waiting.clear();
    ctx.fireChannelInactive();
  }

  private void releaseBody() {
    if (body != null) {
      body.release();
    }
    head = null;
    body = null;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close(); // a reset, a broken TLS record: the client's doing, nothing to answer
  }
}
