package io.defradb.replication.rpc;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.host.StreamReader;
import io.defradb.multiformats.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 on a libp2p stream: its bytes go through a channel that exists in memory only. On the
 * stream's event loop; the windows of HTTP/2 bound what waits to be written.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, seen there
final class Http2Engine implements StreamReader {
  private static final int MAX_FRAME_BYTES = 16384;
  private static final int CALLS_MAX = 100;

  private final Stream stream;
  private final Calls calls;
  private final Frames frames = new Frames();
  private final EmbeddedChannel channel;
  private boolean isClosed;

  /** What happens on the calls of an engine. */
  interface Calls {
    void headers(Http2FrameStream call, Http2Headers headers, boolean isEnd);

    void data(Http2FrameStream call, byte[] bytes, boolean isEnd);

    /** One call was given up by the peer. */
    void reset(Http2FrameStream call);

    /** No call can be made any more, and none is answered. Once. */
    void closed(DefraException failure);
  }

  private Http2Engine(Stream stream, Http2FrameCodecBuilder builder, Calls calls) {
    this.stream = stream;
    this.calls = calls;
    this.channel = new EmbeddedChannel(builder.build(), frames);
    drain();
  }

  /** The side that opened the stream. */
  static Http2Engine client(Stream stream, Calls calls) {
    return new Http2Engine(
        stream,
        Http2FrameCodecBuilder.forClient().initialSettings(new Http2Settings().pushEnabled(false)),
        calls);
  }

  static Http2Engine server(Stream stream, Calls calls) {
    return new Http2Engine(
        stream,
        Http2FrameCodecBuilder.forServer()
            .initialSettings(
                new Http2Settings().maxFrameSize(MAX_FRAME_BYTES).maxConcurrentStreams(CALLS_MAX)),
        calls);
  }

  Http2FrameStream newCall() {
    return frames.newStream();
  }

  void headers(Http2FrameStream call, Http2Headers headers, boolean isEnd) {
    write(new DefaultHttp2HeadersFrame(headers, isEnd).stream(call));
  }

  void data(Http2FrameStream call, byte[] bytes, boolean isEnd) {
    write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), isEnd).stream(call));
  }

  void cancel(Http2FrameStream call) {
    write(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(call));
  }

  private void write(Object frame) {
    if (isClosed) {
      ReferenceCountUtil.release(frame);
      return;
    }
    channel.writeAndFlush(frame);
    drain();
  }

  @Override
  public void data(Bytes bytes) {
    if (!isClosed) {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes.unsafeArray()));
      drain();
    }
  }

  /** What the codec has to say goes to the peer. */
  private void drain() {
    channel.runPendingTasks();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      Bytes bytes = Bytes.wrap(ByteBufUtil.getBytes(out));
      out.release();
      if (bytes.length() > 0 && !isClosed) {
        stream
            .write(bytes)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    stream.execute(() -> endCalls(failureOf(failure)));
                  }
                });
      }
    }
    if (!channel.isOpen()) {
      endCalls(new DefraException(ErrorCode.PEER_CLOSED, "the peer ended the calls"));
    }
  }

  private static DefraException failureOf(Throwable failure) {
    return failure instanceof DefraException known
        ? known
        : new DefraException(ErrorCode.PEER_CLOSED, "the stream of calls failed", failure);
  }

  @Override
  public void end() {
    endCalls(new DefraException(ErrorCode.PEER_CLOSED, "the peer ended the calls"));
  }

  @Override
  public void failed(DefraException failure) {
    endCalls(failure);
  }

  /** Ends all calls and gives the stream up. Harmless when repeated. */
  void endCalls(DefraException reason) {
    if (!isClosed) {
      isClosed = true;
      stream.reset();
      channel.finishAndReleaseAll();
      calls.closed(reason);
    }
  }

  /** Takes the codec's frames and passes on what concerns calls. */
  private final class Frames extends Http2ChannelDuplexHandler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        read(context, message);
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private void read(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2HeadersFrame frame) {
        calls.headers(frame.stream(), frame.headers(), frame.isEndStream());
      } else if (message instanceof Http2DataFrame frame) {
        calls.data(frame.stream(), ByteBufUtil.getBytes(frame.content()), frame.isEndStream());
        int taken = frame.initialFlowControlledBytes();
        if (taken > 0) {
          context.write(new DefaultHttp2WindowUpdateFrame(taken).stream(frame.stream()));
        }
      } else if (message instanceof Http2ResetFrame frame) {
        calls.reset(frame.stream());
      } else if (message instanceof Http2GoAwayFrame) {
        stream.execute(
            () -> endCalls(new DefraException(ErrorCode.PEER_CLOSED, "the peer goes away")));
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      @Nullable Http2FrameStream call =
          cause instanceof Http2FrameStreamException of ? of.stream() : null;
      if (call == null) {
        DefraException failure =
            cause instanceof DefraException known
                ? known
                : new DefraException(ErrorCode.PEER_FAULT, "malformed HTTP/2", cause);
        stream.execute(() -> endCalls(failure));
      } else {
        calls.reset(call);
      }
    }
  }
}
